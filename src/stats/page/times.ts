import type { EpochMs } from '../../time/clock.ts';

/** `2026-11-22 10:42:07`, on the clock of the place or in UTC. */
export const dateTime = (at: EpochMs, utc: boolean): string => {
  const date = new Date(utc ? at : at - new Date(at).getTimezoneOffset() * 60_000);
  return Number.isNaN(date.getTime()) ? 'unknown time' : date.toISOString().slice(0, 19).replace('T', ' ');
};

/** The second of two times, without the date where that is the same. */
export const dateTimeAfter = (before: EpochMs, at: EpochMs, utc: boolean): string => {
  const [first, second] = [dateTime(before, utc), dateTime(at, utc)];
  return second.slice(0, 10) === first.slice(0, 10) ? second.slice(11) : second;
};

/** `UTC`, or `UTC+01:00` for the clock of the place. */
export const zoneName = (at: EpochMs, utc: boolean): string => {
  const minutes = utc ? 0 : -new Date(at).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
};
