import type { EpochMs } from '../time/clock.ts';

/** What a run counts; the notices read it while it grows. */
export type Tally = {
  /** Events that came out of the source. */
  received: number;
  /** Events that passed the filters, repeats among them. */
  matched: number;
  /** Exact repeats that were not emitted. */
  repeats: number;
  /** Events emitted; `_meta.seq` counts the same. */
  emitted: number;
  /** When the last one was emitted; undefined before the first. */
  lastOutputAt: EpochMs | undefined;
};

export const createTally = (): Tally => ({ received: 0, matched: 0, repeats: 0, emitted: 0, lastOutputAt: undefined });
