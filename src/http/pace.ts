import type { Clock } from '../time/clock.ts';

/** Timers fire a little unevenly, and servers count by their own clocks: a second is taken a little longer. */
const SECOND_MS = 1_050;

/** Lets calls begin at a pace. */
export type Pace = {
  /** Resolves when the next call may begin. */
  turn(): Promise<void>;
  /** From now on so many a second. */
  setLimit(perSecond: number): void;
  /** Nothing begins for so long. */
  pause(ms: number): void;
};

/** At most `perSecond` calls in any second, spread by p-throttle; its only importer. */
export const createPace = async (perSecond: number, clock: Clock, signal: AbortSignal): Promise<Pace> => {
  const { default: pThrottle } = await import('p-throttle');
  const throttled = (limit: number) => pThrottle({ limit, interval: SECOND_MS, strict: true, signal })(() => {});
  let limit = perSecond;
  let next = throttled(limit);
  let pausedUntil = 0;
  return {
    async turn() {
      await next();
      for (;;) {
        const rest = pausedUntil - clock.monotonic();
        if (rest <= 0) return;
        await clock.sleep(rest, signal);
        await next();
      }
    },
    setLimit(wanted) {
      const whole = Math.max(1, Math.floor(wanted));
      if (whole === limit) return;
      limit = whole;
      // What has begun in this second counts: the new pace begins with the next one.
      pausedUntil = Math.max(pausedUntil, clock.monotonic() + SECOND_MS);
      next = throttled(limit);
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.monotonic() + ms);
    },
  };
};
