import type { EpochMs } from '../time/clock.ts';

/**
 * `Retry-After` in milliseconds from `now`: seconds or an HTTP date (RFC 9110, 10.2.3), or the ISO instant that Zoom
 * sends with daily limits [Zoom's documentation, rate limits]. Undefined where there is none that can be read.
 */
export const retryAfterMs = (value: string | undefined, now: EpochMs): number | undefined => {
  const text = value?.trim() ?? '';
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // JavaScript would make a date of almost anything that ends in a number.
  if (!HTTP_DATE.test(text) && !ISO_INSTANT.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

const HTTP_DATE = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d\d:\d\d:\d\d/i;
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
