import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { systemClock } from '../../../src/time/system-clock.ts';
import { BIN, CHILD_ENV, emptyFolder } from '../../support/run-cli.ts';

/** TAIL_MEMORY_EVENTS=10000000 for the long run. */
const EVENTS = Number(process.env.TAIL_MEMORY_EVENTS ?? 200_000);
const BATCH = 500;
const MB = 1_000_000;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** `tail` on a simulator of its own; its output is counted, not kept. */
const startTail = async () => {
  const simulator = await startSimulator({ clock: systemClock, random: Math.random });
  stops.push(() => simulator.close());
  const child = spawn(process.execPath, [BIN, 'tail', '-q'], {
    cwd: emptyFolder(),
    env: { ...CHILD_ENV, ...simulator.settings },
  });
  stops.push(() => child.kill('SIGKILL'));
  await simulator.connected();
  const counted = { lines: 0 };
  child.stdout.on('data', (bytes: Buffer) => {
    for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) counted.lines += 1;
  });
  const reads = async (lines: number) => {
    while (counted.lines < lines) await once(child.stdout, 'data');
  };
  const rss = () => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) * 1024;
  };
  return { simulator, child, counted, reads, rss };
};

const eventOf = (index: number) =>
  `{"event":"meeting.started","event_ts":${index},"payload":{"object":{"id":"${index}","topic":"${'Wöchentlich '.repeat(55)}"}}}`;

const sendAll = async (simulator: Simulator, from: number, to: number): Promise<void> => {
  for (let first = from; first < to; first += BATCH) {
    simulator.send(Array.from({ length: Math.min(BATCH, to - first) }, (_, index) => eventOf(first + index)));
    await simulator.drained();
  }
};

// Only Linux says how much memory another process has.
test.skipIf(!existsSync('/proc/self/status'))(
  'memory does not grow with the number of events',
  { timeout: 60_000 + EVENTS },
  async () => {
    const { simulator, reads, rss } = await startTail();
    await sendAll(simulator, 0, EVENTS / 2);
    await reads(EVENTS / 2);
    const half = rss();
    await sendAll(simulator, EVENTS / 2, EVENTS);
    await reads(EVENTS);
    // The second half alone is 80 MB and more of text.
    expect(rss() - half).toBeLessThan(40 * MB);
  },
);

test.skipIf(!existsSync('/proc/self/status'))(
  'a reader that stands still costs bounded memory, and loses nothing',
  { timeout: 60_000 },
  async () => {
    const { simulator, child, counted, reads, rss } = await startTail();
    child.stdout.pause();
    const [client] = simulator.clients;
    const unsent = (): number => client?.wire.writableLength ?? 0;
    // It takes what it has room for, and then no more; a client that is 16 MB behind would be closed.
    let many = 0;
    while (unsent() < 8 * MB) {
      while (unsent() < 8 * MB) {
        simulator.send(Array.from({ length: BATCH }, (_, index) => eventOf(many + index)));
        many += BATCH;
      }
      await systemClock.sleep(500);
    }
    expect(rss()).toBeLessThan(150 * MB);
    child.stdout.resume();
    await reads(many);
    expect(counted.lines).toBe(many);
  },
);
