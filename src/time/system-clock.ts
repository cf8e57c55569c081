import { setTimeout as timeout } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** The longest delay that Node's timers take; beyond it they fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
  try {
    let left = ms;
    while (left > LONGEST_TIMER_MS) {
      await timeout(LONGEST_TIMER_MS, undefined, { signal });
      left -= LONGEST_TIMER_MS;
    }
    await timeout(left, undefined, { signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
};

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep };
