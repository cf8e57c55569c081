import { arrivalTime, type Batches } from '../recording/index.ts';
import type { PlayDeps } from './play.ts';
import { LARGEST_BATCH, orClosed } from './play.ts';
import type { Simulator } from './simulator.ts';

export type ReplayPace = {
  /** 1: as recorded, 10: ten times faster, infinity: as fast as the clients read. */
  readonly factor: number;
  readonly count?: number | undefined;
};

/** The events of a recording, each as Zoom sent it; lifecycle lines are passed over. */
export async function* eventTexts(batches: Batches): AsyncGenerator<string, void, void> {
  for await (const batch of batches) {
    for (const arrival of batch) if (arrival.kind === 'event') yield arrival.raw;
  }
}

/**
 * Sends the events of a recording at the pace at which they were received, from the moment that a client is connected.
 * Resolves at its end, after `count` events, or when the simulator is closed.
 */
export const replay = (simulator: Simulator, batches: Batches, pace: ReplayPace, deps: PlayDeps): Promise<void> =>
  orClosed(simulator, replayToTheEnd(simulator, batches, pace, deps));

const replayToTheEnd = async (
  simulator: Simulator,
  batches: Batches,
  { factor, count = Number.POSITIVE_INFINITY }: ReplayPace,
  { clock, sent }: PlayDeps,
): Promise<void> => {
  await simulator.connected();
  const startedAt = clock.monotonic();
  let firstAt: number | undefined;
  let total = 0;
  let waiting: string[] = [];
  let size = 0;
  const flush = async () => {
    if (waiting.length === 0) return;
    const receivers = simulator.send(waiting);
    sent?.(waiting, receivers);
    waiting = [];
    size = 0;
    await simulator.drained();
  };

  for await (const batch of batches) {
    for (const arrival of batch) {
      if (arrival.kind !== 'event') continue;
      const at = arrivalTime(arrival);
      firstAt ??= at;
      const waitMs = at === undefined || firstAt === undefined ? 0 : (at - firstAt) / factor;
      const restMs = startedAt + waitMs - clock.monotonic();
      if (restMs > 0) {
        await flush();
        await clock.sleep(restMs, simulator.signal);
      }
      waiting.push(arrival.raw);
      size += arrival.raw.length;
      total += 1;
      if (size >= LARGEST_BATCH || total >= count) await flush();
      if (total >= count) return;
    }
    simulator.signal.throwIfAborted();
  }
  await flush();
};
