import type { Clock } from '../../time/clock.ts';

/** After a lost connection: the first attempt at once, then half a second doubling to five. */
const FIRST_MS = 500;
const LONGEST_MS = 5_000;
/** After "duplicate" Zoom still counts on a connection that is gone: pauses of its samples. */
const DUPLICATE_MS = [1_500, 3_000, 6_000] as const;
/** How often a close with 1000 before any answer is tried again. */
const TURNED_AWAY = 3;

/** How long Zoom waits for us to come back [Zoom, "Failover and reconnection", values of March 2026]. */
export const SIGNAL_WINDOW_MS = 60_000;
export const MEDIA_WINDOW_MS = 65_000;

/** Attempts to connect within one window. */
export type Attempts = {
  /** Waits until the next attempt is due; false if there is none, because the window is over. */
  next(): Promise<boolean>;
  /** The same after "duplicate", and after a close with 1000: false once there were enough of them. */
  afterDuplicate(): Promise<boolean>;
  afterTurnedAway(): Promise<boolean>;
};

/** Begins a window of `windowMs` now. Every wait ends early, with false, when the signal aborts. */
export const createAttempts = (clock: Clock, windowMs: number, signal: AbortSignal): Attempts => {
  const until = clock.monotonic() + windowMs;
  let made = 0;
  let duplicates = 0;
  let turnedAway = 0;
  const wait = async (ms: number): Promise<boolean> => {
    if (clock.monotonic() + ms >= until) {
      await clock.sleep(Math.max(0, until - clock.monotonic()), signal).catch(() => {});
      return false;
    }
    await clock.sleep(ms, signal).catch(() => {});
    return !signal.aborted;
  };
  const pause = (): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, made - 2));
  return {
    async next() {
      made += 1;
      return made === 1 ? !signal.aborted : wait(pause());
    },
    async afterDuplicate() {
      const ms = DUPLICATE_MS[duplicates];
      duplicates += 1;
      return ms === undefined ? false : wait(ms);
    },
    async afterTurnedAway() {
      turnedAway += 1;
      made += 1;
      return turnedAway > TURNED_AWAY ? false : wait(pause());
    },
  };
};
