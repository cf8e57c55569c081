import { expect, test } from 'vitest';
import type { Arrival } from '../../../src/event/arrival.ts';
import { paced } from '../../../src/source/replay/pace.ts';
import { manualClock } from '../../support/manual-clock.ts';

const event = (type: string, receivedAt?: number): Arrival => ({
  kind: 'event',
  raw: '{}',
  type,
  receivedAt,
  subscription: '',
});

async function* batches(...list: readonly (readonly Arrival[])[]): AsyncGenerator<readonly Arrival[]> {
  yield* list;
}

const started = (factor: number, ...list: readonly (readonly Arrival[])[]) => {
  const clock = manualClock();
  const stop = new AbortController();
  const seen: string[] = [];
  const waits: number[] = [];
  const parts = {
    factor,
    timeOf: ({ receivedAt }: Arrival) => receivedAt,
    matters: (arrival: Arrival) => arrival.kind === 'event' && arrival.type !== 'dull',
    clock,
    signal: stop.signal,
    onWait: (ms: number) => waits.push(ms),
  };
  const done = (async () => {
    for await (const batch of paced(batches(...list), parts)) {
      for (const arrival of batch) if (arrival.kind === 'event') seen.push(`${arrival.type}@${clock.monotonic()}`);
    }
  })();
  return { clock, stop, seen, waits, done };
};

test.each([
  [1, ['a@0', 'b@1000', 'c@61000']],
  [10, ['a@0', 'b@100', 'c@6100']],
  [0.5, ['a@0', 'b@2000', 'c@122000']],
])('a factor of %d keeps the recorded pace, so much faster', async (factor, expected) => {
  const { clock, seen, done } = started(factor, [event('a', 5000), event('b', 6000)], [event('c', 66_000)]);
  await clock.advance(200_000);
  await done;
  expect(seen).toEqual(expected);
});

test('what is late or has no time comes at once, and nothing waits for what is not emitted', async () => {
  const list = [
    event('dull', 0),
    event('a', 90_000),
    event('late', 10),
    event('none'),
    event('dull', 999_999),
    event('b', 90_500),
  ];
  const { clock, seen, done } = started(1, list);
  await clock.advance(500);
  await done;
  expect(seen).toEqual(['dull@0', 'a@0', 'late@0', 'none@0', 'dull@0', 'b@500']);
});

test('a stop ends the wait', async () => {
  const { clock, stop, seen, waits, done } = started(1, [event('a', 0), event('b', 3_600_000)]);
  await clock.advance(10);
  stop.abort();
  await done;
  expect(seen).toEqual(['a@0']);
  expect(waits).toEqual([3_600_000]);
});
