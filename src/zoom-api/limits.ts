import { retryAfterMs } from '../http/retry-after.ts';
import type { EpochMs } from '../time/clock.ts';

type Headers = Readonly<Record<string, string | undefined>>;

const DAY_MS = 86_400_000;

/** Whether an answer of 429 is about the day rather than the second: by header, else by its words. */
export const isDaily = (headers: Headers, text: string): boolean =>
  /daily/i.test(headers['x-ratelimit-type'] ?? '') || /\bdaily\b/i.test(text);

/** When a daily limit ends: as Zoom says, else at the next 00:00 UTC, when Zoom's days begin. */
export const dayEndsAt = (headers: Headers, now: EpochMs): EpochMs => {
  const said = retryAfterMs({ value: headers['retry-after'], date: headers.date }, now);
  return said === undefined ? (Math.floor(now / DAY_MS) + 1) * DAY_MS : now + said;
};
