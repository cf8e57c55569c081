import { closeSync, read } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchServer } from '../connect-server.ts';
import type { Contestant } from '../contestants.ts';
import { startPipeline } from '../pipeline.ts';
import { resourcesOf } from '../resources.ts';

/** One megabyte a second, as a slow terminal or a remote disk takes it. */
const BYTES_PER_LOOK = 50_000;
const LOOK_MS = 50;

export type SlowReading = {
  readonly peakRss: number | undefined;
  /** From the middle of the time to its end; flat if it is near zero. */
  readonly growth: number | undefined;
};

/** Floods a client whose output is read at 1 MB/s for `seconds`, and looks at its memory. */
export const measureSlowReader = async (
  server: BenchServer,
  { stages, env }: Contestant,
  count: number,
  seconds: number,
): Promise<SlowReading> => {
  await server.plan({ count, perSecond: undefined });
  const pipeline = startPipeline(stages, env);
  const pids = pipeline.stages.map(({ pid }) => pid);
  const buffer = Buffer.alloc(BYTES_PER_LOOK);
  const startedAt = performance.now();
  let middle: number | undefined;
  let isWaiting = false;
  const look = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    // In a thread of its own: a client that has nothing to give, now or ever, must not hold up the clock.
    read(pipeline.output, buffer, 0, BYTES_PER_LOOK, null, () => {
      isWaiting = false;
    });
  };
  while (performance.now() - startedAt < seconds * 1000) {
    look();
    await sleep(LOOK_MS);
    if (performance.now() - startedAt > seconds * 500) middle ??= resourcesOf(pids)?.rss;
  }
  const end = resourcesOf(pids);
  for (const child of pipeline.stages) child.kill('SIGKILL');
  await pipeline.stop();
  closeSync(pipeline.output);
  return { peakRss: end?.peakRss, growth: middle === undefined || !end ? undefined : end.rss - middle };
};
