import { formatDuration } from '../../time/duration.ts';
import { at } from './facts.ts';

/** A delivery that took longer than this is worth a word. */
const LATE_MS = 2000;

/** Zoom's first events are of 2011; a time before it, in milliseconds, is one in seconds, or none. */
const EARLIEST_MS = Date.UTC(2011, 0);
const LATEST_MS = Date.UTC(2100, 0);

/** `event_ts` in EpochMs, also where it came in seconds or as a string; undefined where it is no such time. */
export const eventTime = (event: unknown): number | undefined => {
  const found = at(event, 'event_ts');
  const ts = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  if (typeof ts !== 'number') return undefined;
  return [ts, ts * 1000].find((ms) => ms >= EARLIEST_MS && ms < LATEST_MS);
};

/** Stands where there is no time. */
export const NO_TIME = '--:--:--';

/** `14:03:22`, on the clock of the place or in UTC. */
export const clockTime = (ms: number | undefined, utc: boolean): string => {
  const time = new Date(ms ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return NO_TIME;
  return utc
    ? `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`
    : `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
};

/** `2026-11-22`: the day on the clock of the place or in UTC; undefined where there is no time. */
const dayOf = (ms: number | undefined, utc: boolean): string | undefined => {
  const time = new Date(ms ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return undefined;
  const [year, month, day] = utc
    ? [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()]
    : [time.getFullYear(), time.getMonth(), time.getDate()];
  return `${year}-${two(month + 1)}-${two(day)}`;
};

/** What has to be said of the day of a line: nothing, its date in the line, or its date above it. */
export type DayMark = { readonly inLine?: string; readonly above?: string };

/**
 * Tells when a line needs a date: the first one if it is not of today, and each one whose day is not that of the line
 * before. Times are EpochMs; a line without a time needs none.
 */
export const createDayMarks = (now: number, utc: boolean): ((ms: number | undefined) => DayMark) => {
  const today = dayOf(now, utc);
  let before: string | undefined;
  return (ms) => {
    const day = dayOf(ms, utc);
    const last = before;
    before = day ?? before;
    if (day === undefined || day === (last ?? today)) return {};
    return last === undefined ? { inLine: day } : { above: day };
  };
};

/** How long the delivery took, where that is over 2 s: ` (lag 3.4s)`. */
export const lagText = (happenedAt: number | undefined, receivedAt: number | undefined): string => {
  if (happenedAt === undefined || receivedAt === undefined) return '';
  const lag = receivedAt - happenedAt;
  return lag > LATE_MS ? ` (lag ${formatDuration(lag)})` : '';
};

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));
