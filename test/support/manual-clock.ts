import type { Clock, EpochMs } from '../../src/time/clock.ts';

/** Time that moves only when told. Real sockets may live beside it: it moves on only when they have come to rest. */
export type ManualClock = Clock & {
  /** Moves time on, waking sleepers one by one in the order of their time, and lets each do its work first. */
  advance(ms: number): Promise<void>;
  /** Moves time on from sleeper to sleeper until it holds; throws if it does not within `mostMs`. */
  until(holds: () => boolean, mostMs: number): Promise<void>;
  /** Steps the wall clock alone, as NTP or a person does. */
  step(ms: number): void;
  /** The machine sleeps: the wall clock goes on, the monotonic one stands still, and with it every sleeper. */
  suspend(ms: number): void;
  /** The process stands still (Ctrl-Z): both clocks go on, and whoever should have been woken is only afterwards. */
  freeze(ms: number): void;
  /**
   * Ends a standstill as Node's event loop does, where timers come first: wakes whoever is overdue, before anything that
   * waits in a socket is read.
   */
  thaw(): void;
  /** Something happened outside: the sockets are not at rest yet. */
  poke(): void;
  /** How many sleep. */
  sleepers(): number;
};

type Sleeper = { readonly at: number; readonly wake: () => void };

/** `start` is the wall clock at the beginning. */
export const manualClock = (start: EpochMs = Date.parse('2026-11-22T01:42:00.000Z')): ManualClock => {
  let steady = 0;
  let ahead = start;
  let pokes = 0;
  const sleepers = new Set<Sleeper>();

  const earliest = (): Sleeper | undefined => {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) if (first === undefined || sleeper.at < first.at) first = sleeper;
    return first;
  };
  /** Lets promises and sockets run, until nothing has happened for a while. */
  const settle = async (): Promise<void> => {
    let before = -1;
    while (before !== pokes) {
      before = pokes;
      for (let turn = 0; turn < QUIET_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const wake = async (sleeper: Sleeper): Promise<void> => {
    sleepers.delete(sleeper);
    steady = Math.max(steady, sleeper.at);
    sleeper.wake();
    await settle();
  };

  return {
    now: () => Math.floor(steady + ahead),
    monotonic: () => steady,
    sleepers: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          at: steady + ms,
          wake: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async advance(ms) {
      const until = steady + ms;
      await settle();
      for (let next = earliest(); next && next.at <= until; next = earliest()) await wake(next);
      // The process may have stood still meanwhile.
      steady = Math.max(steady, until);
    },
    async until(holds, mostMs) {
      const until = steady + mostMs;
      await settle();
      while (!holds()) {
        const next = earliest();
        if (!next || next.at > until) throw new Error(`does not hold after ${mostMs} ms: ${holds}`);
        await wake(next);
      }
    },
    step(ms) {
      ahead += ms;
    },
    suspend(ms) {
      ahead += ms;
    },
    freeze(ms) {
      steady += ms;
    },
    thaw() {
      for (let next = earliest(); next && next.at <= steady; next = earliest()) {
        sleepers.delete(next);
        next.wake();
      }
    },
    poke() {
      pokes += 1;
    },
  };
};

/** On the loopback device what is written can be read at once, so that few turns of the event loop are enough. */
const QUIET_TURNS = 8;
