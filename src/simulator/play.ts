import type { Clock } from '../time/clock.ts';
import type { Simulator } from './simulator.ts';

export type Pace = {
  readonly perSecond: number;
  /** After this many events no more are sent. */
  readonly count?: number | undefined;
};

export type PlayDeps = {
  readonly clock: Clock;
  /** Told after each batch: what it was, and to how many connections it went. */
  readonly sent?: (texts: readonly string[], receivers: number) => void;
  /** Told when a client reads so slowly that everything waits for it. */
  readonly slow?: (waitedMs: number) => void;
};

/** Where events come from, one at a time. */
export type Texts = {
  next(): IteratorResult<string, unknown> | Promise<IteratorResult<string, unknown>>;
};

/** Timers below this are not worth their cost: at high rates several events leave together. */
const SHORTEST_PAUSE_MS = 4;

/** What could not be sent for this long (a slow reader, a suspended machine) is not made up for by a flood. */
const FORGIVEN_MS = 1_000;

/** A batch ends at this many characters, so that heartbeats are answered in between and little waits in memory. */
export const LARGEST_BATCH = 256 * 1024;

/**
 * Sends events at an even pace, from the moment that a client is connected, and whether or not one still is: what
 * no one hears is gone. A client that reads slowly is waited for, so memory stays bounded and nothing is lost.
 * Resolves when the texts or the count are at their end, or the simulator is closed.
 */
export const play = (simulator: Simulator, texts: Texts, pace: Pace, deps: PlayDeps): Promise<void> =>
  orClosed(simulator, playToTheEnd(simulator, texts, pace, deps));

/** The work; that the simulator was closed meanwhile is a normal end of it. */
export const orClosed = async ({ signal }: Pick<Simulator, 'signal'>, work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const playToTheEnd = async (
  simulator: Simulator,
  texts: Texts,
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
    // Timers may fire a little early: one event is due all the same.
    const due = Math.max(1, Math.floor((now - nextAt) / intervalMs) + 1);
    const batch = await take(texts, Math.min(due, count - total));
    if (batch.length === 0) return;
    const receivers = simulator.send(batch);
    sent?.(batch, receivers);
    total += batch.length;
    nextAt += batch.length * intervalMs;
    await simulator.drained();
    const waited = clock.monotonic() - now;
    if (waited > FORGIVEN_MS) slow?.(waited);
    const restMs = nextAt - clock.monotonic();
    if (total < count) await clock.sleep(restMs > 0 ? Math.max(SHORTEST_PAUSE_MS, restMs) : 0, simulator.signal);
  }
};

const take = async (texts: Texts, most: number): Promise<readonly string[]> => {
  const batch: string[] = [];
  let size = 0;
  while (batch.length < most && size < LARGEST_BATCH) {
    const step = texts.next();
    const { value, done } = step instanceof Promise ? await step : step;
    if (done || typeof value !== 'string') break;
    batch.push(value);
    size += value.length;
  }
  return batch;
};
