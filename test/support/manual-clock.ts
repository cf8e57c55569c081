import type { Clock, EpochMs } from '../../src/time/clock.ts';

/** Time that moves only when told. */
export type ManualClock = Clock & {
  /** Moves time on, waking sleepers one by one in the order of their time, and lets each do its work first. */
  advance(ms: number): Promise<void>;
  /** How many sleep. */
  sleepers(): number;
};

type Sleeper = { readonly at: EpochMs; readonly wake: () => void };

/** `start` is the wall clock at the beginning. */
export const manualClock = (start: EpochMs = Date.parse('2026-11-22T01:42:00.000Z')): ManualClock => {
  let now = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    monotonic: () => now - start,
    sleepers: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          at: now + ms,
          wake: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [next] = [...sleepers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = until;
    },
  };
};

/** Lets promises and the event loop run: what was woken has done its work, as far as it needs no network. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
