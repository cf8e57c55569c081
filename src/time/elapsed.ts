import type { Clock } from './clock.ts';

/** The two clocks may drift this far apart between two looks before it counts as a jump. */
const JUMP_MS = 1_000;

/**
 * Time as it passed outside: like `monotonic`, in milliseconds and never back, but with the time a machine slept, which
 * the monotonic clock leaves out. A wall clock that was stepped forward cannot be told from that and counts too; one that
 * was stepped back does not. Each look (a call) compares the clocks, so look often.
 */
export const createElapsed = (clock: Pick<Clock, 'now' | 'monotonic'>): (() => number) => {
  let ahead = 0;
  let apart = clock.now() - clock.monotonic();
  return () => {
    const steady = clock.monotonic();
    const jump = clock.now() - steady - apart;
    apart += jump;
    if (jump > JUMP_MS) ahead += jump;
    return steady + ahead;
  };
};
