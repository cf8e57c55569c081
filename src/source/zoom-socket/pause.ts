import type { Notify } from '../../notice/notice.ts';

/** No server is waited for longer than this, whatever its `Retry-After` says. */
const LONGEST_MS = 3_600_000;

/**
 * How long to wait before the next attempt, in milliseconds: what the server asks for where that is longer than our own
 * pause, but an hour at most.
 */
export const pauseMs = (
  ownMs: number,
  askedMs: number | undefined,
  { subscription, notify }: { readonly subscription: string; readonly notify: Notify },
): number => {
  if (askedMs === undefined || askedMs <= ownMs) return ownMs;
  if (askedMs > LONGEST_MS) notify({ kind: 'asked-to-wait', subscription, askedMs, waitMs: LONGEST_MS });
  return Math.min(askedMs, LONGEST_MS);
};
