import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { merge } from '../../src/recording/merge.ts';

const event = (type: string, receivedAt: number | undefined, raw = '{}'): Arrival => ({
  kind: 'event',
  raw,
  type,
  receivedAt,
  subscription: '',
});

async function* batches(...list: readonly (readonly Arrival[])[]): AsyncGenerator<readonly Arrival[]> {
  yield* list;
}

const merged = async (...inputs: AsyncIterable<readonly Arrival[]>[]): Promise<string> => {
  const types: string[] = [];
  for await (const batch of merge(inputs))
    for (const arrival of batch) if (arrival.kind === 'event') types.push(arrival.type);
  return types.join(' ');
};

test('merges by time', async () => {
  const a = batches([event('a1', 1), event('a5', 5)], [event('a9', 9)]);
  const b = batches([event('b2', 2)], [event('b3', 3), event('b8', 8)]);
  expect(await merged(a, b)).toBe('a1 b2 b3 a5 b8 a9');
});

test('keeps each file in its own order, and gives equal times in the order of the files', async () => {
  const a = batches([event('a5', 5), event('a1', 1), event('a7', 7)]);
  const b = batches([event('b5', 5), event('b6', 6), event('b7', 7)]);
  expect(await merged(a, b)).toBe('a5 a1 b5 b6 a7 b7');
});

test('takes event_ts where no arrival was noted, and the place in the file where there is no time', async () => {
  const a = batches([event('a2', undefined, '{"event":"x","event_ts":2}'), event('a-', undefined), event('a4', 4)]);
  const b = batches([event('b-', undefined), event('b1', 1), event('b3', 3)]);
  expect(await merged(a, b)).toBe('b- b1 a2 a- b3 a4');
});

test('does not wait for an input that has nothing at the moment', async () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  async function* quiet(): AsyncGenerator<readonly Arrival[]> {
    yield [];
    await opened;
    yield [event('late', 0)];
  }
  const seen: string[] = [];
  for await (const batch of merge([quiet(), batches([event('a', 1)], [event('b', 2)])])) {
    for (const arrival of batch) if (arrival.kind === 'event') seen.push(arrival.type);
    if (seen.length === 2) open();
  }
  expect(seen).toEqual(['a', 'b', 'late']);
});

test('gives everything, and sorted files sorted', async () => {
  const file = fc.array(fc.nat(50), { maxLength: 30 }).map((times) => times.sort((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), async (files, size) => {
      const inputs = files.map((times) => {
        const arrivals = times.map((time) => event(String(time), time));
        const count = Math.ceil(arrivals.length / size);
        return batches(
          ...Array.from({ length: count }, (_, index) => arrivals.slice(index * size, (index + 1) * size)),
        );
      });
      expect(await merged(...inputs)).toBe(
        files
          .flat()
          .sort((a, b) => a - b)
          .join(' '),
      );
    }),
  );
});

test('throws what an input throws', async () => {
  async function* failing(): AsyncGenerator<readonly Arrival[]> {
    yield [event('a', 1)];
    throw new Error('disk on fire');
  }
  await expect(merged(failing(), batches([event('b', 2)]))).rejects.toThrow('disk on fire');
});
