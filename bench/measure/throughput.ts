import { setTimeout as sleep } from 'node:timers/promises';
import { checkOutput } from '../check-output.ts';
import type { BenchServer } from '../connect-server.ts';
import type { Contestant } from '../contestants.ts';
import type { Faults } from '../inspect-lines.ts';
import { readPipe, startPipeline } from '../pipeline.ts';
import { resourcesOf } from '../resources.ts';

export type Throughput = {
  /** Events sent, those that a filter drops among them. */
  readonly perSecond: number;
  /** Per million events; undefined without /proc. */
  readonly cpuSeconds: number | undefined;
  readonly peakRss: number | undefined;
  readonly faults: Faults;
};

/** Nothing for this long: the client has printed what it will print. A client that grows by gigabytes stands still for seconds. */
const IDLE_MS = 10_000;
/** jq keeps the last lines until its input ends, so it is always waited for. */
const BUFFERED_IDLE_MS = 700;
const LOOK_MS = 20;

/** Sends `count` events as fast as the client takes them, and reads its output as fast as it comes. */
export const measureThroughput = async (
  server: BenchServer,
  { stages, env, shape, meetingsOnly, isSlow }: Contestant,
  count: number,
): Promise<Throughput> => {
  await server.plan({ count, perSecond: undefined });
  const checker = checkOutput({ shape, meetingsOnly, count });
  const pipeline = startPipeline(stages, env);
  const pids = pipeline.stages.map(({ pid }) => pid);
  let before: ReturnType<typeof resourcesOf>;
  let firstAt = 0;
  let lastAt = 0;
  const ended = readPipe(pipeline.output, (chunk) => {
    lastAt = performance.now();
    if (firstAt === 0) {
      firstAt = lastAt;
      before = resourcesOf(pids);
    }
    checker.take(chunk);
  });
  const idleMs = isSlow ? BUFFERED_IDLE_MS : IDLE_MS;
  const startedAt = performance.now();
  while (!checker.isComplete() && performance.now() - Math.max(lastAt, startedAt) < idleMs) await sleep(LOOK_MS);
  const seconds = (lastAt - firstAt) / 1000;
  const after = resourcesOf(pids);
  // A program that buffers (jq) gives the rest when its input ends; the time was taken before.
  pipeline.stages[0]?.kill('SIGTERM');
  await Promise.race([ended, sleep(IDLE_MS)]);
  await pipeline.stop();
  await ended;
  const cpu = before && after && after.cpuSeconds - before.cpuSeconds;
  return {
    perSecond: count / seconds,
    cpuSeconds: cpu === undefined ? undefined : (cpu / count) * 1e6,
    peakRss: after?.peakRss,
    faults: checker.faults(),
  };
};
