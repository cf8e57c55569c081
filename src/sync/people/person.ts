import type { EpochMs } from '../../time/clock.ts';
import type { Status } from '../config/schema.ts';
import type { Registrant } from './stay.ts';

/** Somebody with an address, and what one session has to say of them. */
export type Person = {
  /** Trimmed, in lower case. */
  readonly email: string;
  readonly name: string;
  readonly status: Status;
  /** Undefined for whoever did not attend, or where Zoom gives no times. */
  readonly join: EpochMs | undefined;
  readonly leave: EpochMs | undefined;
  /** With one decimal; undefined for whoever did not attend. */
  readonly minutes: number | undefined;
  /** Of the session's length, with one decimal. */
  readonly percent: number | undefined;
  readonly registrant: Registrant | undefined;
};

export const addressOf = (email: string): string => email.trim().toLowerCase();

/** What may be somebody's address: one at sign, something on both sides, no white space. */
export const isAddress = (email: string): boolean => /^[^\s@]+@[^\s@]+$/.test(email);
