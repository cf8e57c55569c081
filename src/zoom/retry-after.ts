import type { EpochMs } from '../time/clock.ts';

/**
 * `Retry-After` in milliseconds from `now`: seconds or an HTTP date (RFC 9110, 10.2.3), or the ISO instant that Zoom
 * sends with daily limits [Zoom's documentation, rate limits]. Undefined where there is none that can be read.
 */
export const retryAfterMs = (value: string | undefined, now: EpochMs): number | undefined => {
  if (value === undefined || value.trim() === '') return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};
