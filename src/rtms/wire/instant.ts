import type { EpochMs } from '../../time/clock.ts';

/** Above this a time is in microseconds: as milliseconds it would be the year 5138. */
const MICROS_FROM = 1e14;
/** Below this a time is in seconds, as in Zoom's example of message 20: as milliseconds it would be January 1970. */
const SECONDS_BELOW = 1e11;
/** The last instant that a date can hold. */
const LAST_MS = 8.64e15;

/** Zoom's time, in milliseconds whether it came in seconds, milliseconds or microseconds, as a number or as digits. */
export const instantOf = (value: unknown): EpochMs | undefined => {
  const number = typeof value === 'string' && /^\d{1,17}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return undefined;
  const ms = number >= MICROS_FROM ? number / 1000 : number < SECONDS_BELOW ? number * 1000 : number;
  return ms <= LAST_MS ? Math.round(ms) : undefined;
};
