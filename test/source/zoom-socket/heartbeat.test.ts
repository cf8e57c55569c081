import { expect, test } from 'vitest';
import { type HeartbeatOptions, heartbeats } from '../../../src/source/zoom-socket/heartbeat.ts';
import { manualClock } from '../../support/manual-clock.ts';

const start = (options: Partial<HeartbeatOptions> = {}) => {
  const clock = manualClock();
  const stop = new AbortController();
  const line = { isAnswering: true, isPaused: false, bytes: 0 };
  const beats: number[] = [];
  let diedAt: number | undefined;
  heartbeats(
    {
      send() {
        beats.push(clock.monotonic() / 1000);
        if (line.isAnswering && !line.isPaused) line.bytes += 50;
      },
      // Read a little before the heartbeat is sent, and right after its answer came.
      bytesRead: () => line.bytes,
      wasPaused: () => line.isPaused,
      look: () => {},
    },
    { everyMs: 30_000, timeoutMs: 10_000, ...options },
    clock,
    stop.signal,
  ).then(
    () => {
      diedAt = clock.monotonic() / 1000;
    },
    () => {},
  );
  return { clock, stop, line, beats, diedAt: () => diedAt };
};

test.each<[string, Partial<HeartbeatOptions>, number[]]>([
  ['every thirty seconds', {}, [30, 60, 90]],
  ['at once where told to', { atOnce: true }, [0, 30, 60, 90]],
  ['as often as told, though the patience is longer', { everyMs: 20_000, timeoutMs: 45_000 }, [20, 40, 60, 80, 100]],
  ['as often as told, with equal patience', { everyMs: 25_000, timeoutMs: 25_000 }, [25, 50, 75, 100]],
])('says we are here: %s', async (_, options, expected) => {
  const { clock, beats, diedAt } = start(options);
  await clock.advance(105_000);
  expect(beats).toEqual(expected);
  expect(diedAt()).toBeUndefined();
});

test.each<[string, Partial<HeartbeatOptions>, number]>([
  ['ten seconds after a heartbeat', {}, 40],
  ['after the patience, though heartbeats go on meanwhile', { everyMs: 10_000, timeoutMs: 35_000 }, 45],
  ['with tiny patience', { everyMs: 1_000, timeoutMs: 1 }, 1.001],
])('gives a silent connection up %s', async (_, options, at) => {
  const { clock, line, diedAt } = start(options);
  line.isAnswering = false;
  await clock.advance(200_000);
  expect(diedAt()).toBe(at);
});

test('any byte is a sign of life', async () => {
  const { clock, line, diedAt } = start();
  line.isAnswering = false;
  for (let times = 0; times < 100; times += 1) {
    await clock.advance(9_000);
    line.bytes += 1;
  }
  expect(diedAt()).toBeUndefined();
});

test('silence while reading is paused proves nothing', async () => {
  const { clock, line, diedAt } = start();
  line.isPaused = true;
  await clock.advance(3_600_000);
  expect(diedAt()).toBeUndefined();
  line.isPaused = false;
  line.isAnswering = false;
  await clock.advance(60_000);
  expect(diedAt()).toBeGreaterThan(3_600);
});

test.each(['suspend', 'freeze', 'step'] as const)('asks at once after a jump, and waits in full: %s', async (jump) => {
  const { clock, line, beats, diedAt } = start();
  await clock.advance(62_000);
  line.isAnswering = false;
  clock[jump](600_000);
  await clock.advance(5_000);
  const asked = beats.at(-1) ?? 0;
  expect(beats).toHaveLength(3);
  expect(diedAt()).toBeUndefined();
  await clock.advance(20_000);
  expect(diedAt()).toBe(asked + 10);
});

test('stops when told to', async () => {
  const { clock, stop, beats } = start();
  stop.abort();
  await clock.advance(120_000);
  expect(beats).toEqual([]);
  expect(clock.sleepers()).toBe(0);
});
