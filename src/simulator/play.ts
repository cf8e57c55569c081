import type { Clock } from '../time/clock.ts';
import type { Simulator } from './index.ts';

export type Pace = {
  readonly perSecond: number;
  /** After this many events no more are sent. */
  readonly count?: number | undefined;
};

export type PlayDeps = {
  readonly clock: Clock;
  /** Told after each batch: how many events it had, and to how many connections it went. */
  readonly sent?: (texts: readonly string[], receivers: number) => void;
  /** Told when a client reads so slowly that everything waits for it. */
  readonly slow?: (waitedMs: number) => void;
};

/** Timers below this are not worth their cost: at high rates several events leave together. */
const SHORTEST_PAUSE_MS = 4;

/** What could not be sent for this long (a slow reader, a suspended machine) is not made up for by a flood. */
const FORGIVEN_MS = 1_000;

/** A batch ends at this many characters, so that heartbeats are answered in between and little waits in memory. */
const LARGEST_BATCH = 256 * 1024;

/**
 * Sends events at an even pace, from the moment that somebody is connected, and whether or not anybody still is: what
 * nobody hears is gone. A client that reads slowly is waited for, so memory stays bounded and nothing is lost.
 * Resolves when the texts or the count are at their end, or the simulator is closed.
 */
export const play = async (
  simulator: Simulator,
  texts: Iterator<string, unknown, void>,
  pace: Pace,
  deps: PlayDeps,
): Promise<void> => {
  try {
    await playToTheEnd(simulator, texts, pace, deps);
  } catch (error) {
    if (!simulator.signal.aborted) throw error;
  }
};

const playToTheEnd = async (
  simulator: Simulator,
  texts: Iterator<string, unknown, void>,
  { perSecond, count = Number.POSITIVE_INFINITY }: Pace,
  { clock, sent, slow }: PlayDeps,
): Promise<void> => {
  const intervalMs = 1000 / perSecond;
  await simulator.connected();
  let total = 0;
  let nextAt = clock.monotonic();
  while (total < count) {
    const now = clock.monotonic();
    if (now - nextAt > FORGIVEN_MS) nextAt = now;
    const due = Math.floor((now - nextAt) / intervalMs) + 1;
    const batch = take(texts, Math.min(due, count - total));
    if (batch.length === 0) return;
    const receivers = simulator.send(batch);
    sent?.(batch, receivers);
    total += batch.length;
    nextAt += batch.length * intervalMs;
    await simulator.drained();
    const waited = clock.monotonic() - now;
    if (waited > FORGIVEN_MS) slow?.(waited);
    const shortest = intervalMs < SHORTEST_PAUSE_MS ? SHORTEST_PAUSE_MS : 0;
    await clock.sleep(Math.max(shortest, nextAt - clock.monotonic()), simulator.signal);
  }
};

const take = (texts: Iterator<string, unknown, void>, most: number): readonly string[] => {
  const batch: string[] = [];
  let size = 0;
  while (batch.length < most && size < LARGEST_BATCH) {
    const { value, done } = texts.next();
    if (done || typeof value !== 'string') break;
    batch.push(value);
    size += value.length;
  }
  return batch;
};
