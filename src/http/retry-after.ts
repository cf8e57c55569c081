import type { EpochMs } from '../time/clock.ts';

/** What an answer says about when to try again, as its headers say it. */
export type RetryAfter = {
  /** `Retry-After` */
  readonly value: string | undefined;
  /** `Date` */
  readonly date: string | undefined;
};

/**
 * `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3), or the ISO instant that Zoom
 * sends with daily limits [Zoom's documentation, rate limits]. Undefined where there is none that can be read. An instant
 * is one of the server's clock, so it is measured against the answer's own `Date`; `now` counts where there is none.
 */
export const retryAfterMs = ({ value, date }: RetryAfter, now: EpochMs): number | undefined => {
  const text = value?.trim() ?? '';
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // JavaScript would make a date of almost anything that ends in a number.
  if (!HTTP_DATE.test(text) && !ISO_INSTANT.test(text)) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  const answeredAt = HTTP_DATE.test(date?.trim() ?? '') ? Date.parse(date ?? '') : Number.NaN;
  return Math.max(0, at - (Number.isNaN(answeredAt) ? now : answeredAt));
};

const HTTP_DATE = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d\d:\d\d:\d\d/i;
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
