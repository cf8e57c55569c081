import type { Clock } from '../time/clock.ts';

/** Does something after a while, unless the signal aborts first. With no delay it is done at once. */
export const later = (clock: Clock, ms: number, signal: AbortSignal, act: () => void): void => {
  if (signal.aborted) return;
  if (ms <= 0) {
    act();
    return;
  }
  clock.sleep(ms, signal).then(act, (error: unknown) => {
    if (!signal.aborted) throw error;
  });
};
