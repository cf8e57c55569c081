import type { EpochMs } from '../time/clock.ts';

/** A clock may be this far ahead of ours. */
const MOST_AHEAD_MS = 300_000;

/** Seconds since 1970: no more digits than a date needs. */
const FORM = /^\d{1,12}$/;

/** The age of a request in milliseconds, negative where it comes from the future; undefined where the header is no time. */
export const ageOf = (timestamp: string, now: EpochMs): number | undefined =>
  FORM.test(timestamp) ? now - Number(timestamp) * 1000 : undefined;

/** Whether a request is neither too old nor from too far in the future; `maxAgeMs` 0 allows any age. */
export const isFresh = (ageMs: number, maxAgeMs: number): boolean =>
  maxAgeMs === 0 || (ageMs <= maxAgeMs && ageMs >= -MOST_AHEAD_MS);
