import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchServer } from '../connect-server.ts';
import type { Contestant } from '../contestants.ts';
import { EVENT_ENDS, FRAME_ENDS, SENT_DIGITS } from '../events.ts';
import { monotonicMicros } from '../monotonic.ts';
import { readPipe, startPipeline } from '../pipeline.ts';
import { quantile } from '../statistics.ts';

/** The beginning is not counted: what is measured is a client that runs, not one that starts. */
const WARM_UP_SHARE = 0.5;
const LINE_END = 0x0a;

export type Latency = { readonly p50Ms: number; readonly p99Ms: number };

/** From the server's write to our read of the client's output, at an even rate. */
export const measureLatency = async (
  server: BenchServer,
  { stages, env, shape }: Contestant,
  perSecond: number,
  seconds: number,
): Promise<Latency> => {
  const count = perSecond * seconds;
  await server.plan({ count, perSecond });
  const pipeline = startPipeline(stages, env);
  const ends = shape === 'frame' ? FRAME_ENDS : EVENT_ENDS;
  const times: number[] = [];
  let rest: Buffer = Buffer.alloc(0);
  const ended = readPipe(pipeline.output, (chunk) => {
    const now = monotonicMicros();
    const bytes = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, from)) {
      const sent = Number(bytes.toString('latin1', end - ends.sent - SENT_DIGITS, end - ends.sent));
      if (sent > 0) times.push((now - sent) / 1000);
      from = end + 1;
    }
    rest = Buffer.from(bytes.subarray(from));
  });
  const deadline = performance.now() + seconds * 1000 + 5_000;
  while (times.length < count && performance.now() < deadline) await sleep(50);
  await pipeline.stop();
  await ended;
  const counted = times.slice(Math.floor(times.length * WARM_UP_SHARE)).sort((a, b) => a - b);
  return { p50Ms: quantile(counted, 0.5), p99Ms: quantile(counted, 0.99) };
};
