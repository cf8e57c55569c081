import type { Delivery } from '../event/arrival.ts';

/** The part of a delivery that filters look at; what is missing is absent to `_meta` conditions. */
export type Candidate = Pick<Delivery, 'raw' | 'type'> &
  Partial<Pick<Delivery, 'packed' | 'receivedAt' | 'subscription' | 'meta'>>;

/** The compiled filters of one run. */
export type Keep = {
  /** True if the delivery passes every filter. Counts per filter as it goes. */
  keeps(delivery: Candidate): boolean;
  /** How many events passed each filter, in the order they are applied, with the words the user typed. */
  tally(): readonly { readonly filter: string; readonly passed: number }[];
};
