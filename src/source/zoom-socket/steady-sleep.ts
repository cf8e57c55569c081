import { JUMP_MS, LOOK_MS } from '../../link/pulse.ts';
import type { Clock } from '../../time/clock.ts';
import { createElapsed } from '../../time/elapsed.ts';

/** After a timer has fired, what waits in the network is read within this time: timers come first in the event loop. */
export const READ_MS = 50;

/** A sleep that answers false if the process stood still meanwhile, and then as soon as that shows. */
export type SteadySleep = (ms: number) => Promise<boolean>;

/** `look` is called at least every `LOOK_MS`. The sleep rejects with the signal's reason when the signal aborts. */
export const createSteadySleep = (look: () => void, clock: Clock, signal: AbortSignal): SteadySleep => {
  const elapsed = createElapsed(clock);
  return async (ms) => {
    let left = ms;
    while (left > 0) {
      const nap = Math.min(left, LOOK_MS);
      const before = elapsed();
      await clock.sleep(nap, signal);
      look();
      if (elapsed() - before > nap + JUMP_MS) return false;
      left -= nap;
    }
    return true;
  };
};

/**
 * Waits for a deadline. If the process stood still meanwhile, what was waited for may lie unread in the network: then the
 * wait begins anew; and in the end what waits is read before anything is judged.
 */
export const awaitDeadline = async (ms: number, clock: Clock, signal: AbortSignal): Promise<void> => {
  const steadySleep = createSteadySleep(() => {}, clock, signal);
  while (!(await steadySleep(ms)));
  await clock.sleep(READ_MS, signal);
};
