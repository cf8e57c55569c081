import type { Delivery } from '../source/arrival.ts';

/** The compiled filters of one run. */
export type Keep = {
  /** True if the delivery passes every filter. Counts per filter as it goes. */
  keeps(delivery: Pick<Delivery, 'raw' | 'type'>): boolean;
  /** How many events passed each filter, in the order they are applied, with the words the user typed. */
  tally(): readonly { readonly filter: string; readonly passed: number }[];
};
