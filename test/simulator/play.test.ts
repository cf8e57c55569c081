import { afterEach, expect, test } from 'vitest';
import { play, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import type { Clock } from '../../src/time/clock.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { manualClock } from '../support/manual-clock.ts';
import { connect } from '../support/socket-client.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

const start = async (clock?: Clock) => {
  const manual = manualClock();
  running = await startSimulator({ clock: clock ?? manual, random: Math.random });
  return { clock: manual, simulator: running };
};

function* numbers(end = Number.POSITIVE_INFINITY) {
  for (let n = 1; n <= end; n += 1) yield `{"n":${n}}`;
}

test('waits for the first client, sends at once, then at its pace, and stops at the count', async () => {
  const { clock, simulator } = await start();
  const sent: number[] = [];
  const done = play(
    simulator,
    numbers(),
    { perSecond: 2, count: 4 },
    { clock, sent: (texts) => sent.push(texts.length) },
  );
  await clock.advance(10_000);
  expect(sent).toEqual([]);
  const client = await connect(simulator);
  await client.frame(1);
  expect(sent).toEqual([1]);
  await clock.advance(999);
  expect(sent).toEqual([1, 1]);
  await clock.advance(10_000);
  await done;
  expect(JSON.parse(await client.frame(4)).content).toBe('{"n":4}');
  expect(sent).toEqual([1, 1, 1, 1]);
});

test.each([100, 700, 20_000])(
  'sends every event once and in order at %i per second, by the real clock',
  async (perSecond) => {
    const { simulator } = await start(systemClock);
    const client = await connect(simulator);
    const count = Math.min(1_000, perSecond / 5);
    await play(simulator, numbers(), { perSecond, count }, { clock: systemClock });
    await client.frame(count);
    const numbersSeen = client.frames.slice(1).map((frame) => JSON.parse(JSON.parse(frame).content).n);
    expect(numbersSeen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  },
);

test('goes on while nobody is connected, and resends nothing', async () => {
  const { clock, simulator } = await start();
  const receivers: number[] = [];
  const note = (_texts: readonly string[], to: number) => receivers.push(to);
  void play(simulator, numbers(5), { perSecond: 1 }, { clock, sent: note });
  const first = await connect(simulator);
  await first.frame(1);
  first.socket.terminate();
  await expect.poll(() => simulator.clients.size).toBe(0);
  await clock.advance(2_000);
  expect(receivers).toEqual([1, 0, 0]);
  const second = await connect(simulator);
  await clock.advance(1_000);
  expect(JSON.parse(await second.frame(1)).content).toBe('{"n":4}');
});

test('a slow client is waited for: what waits in memory stays bounded and every event arrives', async () => {
  const { simulator } = await start(systemClock);
  const client = await connect(simulator);
  const text = `{"pad":"${'x'.repeat(50_000)}"}`;
  function* large() {
    for (let n = 0; n < 400; n += 1) yield text;
  }
  let most = 0;
  const backlog = () => [...simulator.clients].reduce((sum, { socket }) => sum + socket.bufferedAmount, 0);
  const sent = () => {
    most = Math.max(most, backlog());
    if (backlog() > 1024 * 1024) client.socket.resume();
  };
  client.socket.pause();
  await play(simulator, large(), { perSecond: 1e6 }, { clock: systemClock, sent });
  await client.frame(400);
  expect(most).toBeGreaterThan(1024 * 1024);
  expect(most).toBeLessThan(2 * 1024 * 1024);
});

test('ends when the simulator does', async () => {
  const { clock, simulator } = await start();
  const done = play(simulator, numbers(), { perSecond: 1 }, { clock });
  await simulator.close();
  await done;
});
