import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { pump } from '../../src/flow/pump.ts';
import { createTally } from '../../src/flow/tally.ts';
import type { Outlet } from '../../src/outlet/outlet.ts';

const event = (n: number): Arrival => ({
  kind: 'event',
  raw: `{"event":"meeting.started","n":${n}}`,
  type: 'meeting.started',
  receivedAt: n,
  subscription: 'abc',
});

async function* batches(...groups: readonly Arrival[][]): AsyncGenerator<readonly Arrival[]> {
  yield* groups;
}

/** An outlet that keeps what it is given, batch by batch; after `most` batches its reader leaves. */
const keeping = (most = Number.POSITIVE_INFINITY) => {
  const gone = new AbortController();
  const taken: { readonly raws: readonly string[]; readonly firstSeq: number }[] = [];
  const outlet: Outlet = {
    gone: gone.signal,
    isRequired: false,
    async take(batch, firstSeq) {
      taken.push({ raws: batch.map((arrival) => ('raw' in arrival ? arrival.raw : '')), firstSeq });
      if (taken.length >= most) gone.abort();
    },
    close: async () => {},
  };
  return { outlet, taken };
};

const parts = (...outlets: readonly Outlet[]) => ({
  keep: { keeps: () => true, tally: () => [] },
  dedupe: undefined,
  redact: undefined,
  outlets,
  limit: Number.POSITIVE_INFINITY,
  tally: createTally(),
  clock: { now: () => 0 },
});

test('hands each batch to every outlet, with the number of its first event', async () => {
  const one = keeping();
  const two = keeping();
  expect(await pump(batches([event(1), event(2)], [event(3)]), parts(one.outlet, two.outlet))).toBe('ended');
  expect(one.taken.map(({ firstSeq, raws }) => [firstSeq, raws.length])).toEqual([
    [1, 2],
    [3, 1],
  ]);
  expect(two.taken).toEqual(one.taken);
});

test('an outlet takes a batch while another has not finished with it, and the next one comes when both have', async () => {
  const quick = keeping();
  let finish = () => {};
  const slow: Outlet = { ...keeping().outlet, take: () => new Promise<void>((resolve) => (finish = resolve)) };
  const pumping = pump(batches([event(1)], [event(2)]), parts(slow, quick.outlet));
  await expect.poll(() => quick.taken.length).toBe(1);
  // Whatever could run has run: the second batch waits for the slow one.
  await new Promise((resolve) => setImmediate(resolve));
  expect(quick.taken).toHaveLength(1);
  finish();
  await expect.poll(() => quick.taken.length).toBe(2);
  finish();
  expect(await pumping).toBe('ended');
});

test('ends when the only reader has gone', async () => {
  const only = keeping(1);
  expect(await pump(batches([event(1)], [event(2)]), parts(only.outlet))).toBe('gone');
  expect(only.taken).toHaveLength(1);
});

test('a recording still gets what arrives after the reader of stdout has gone', async () => {
  const recording = keeping();
  const stdout = keeping(1);
  const all = parts(recording.outlet, stdout.outlet);
  expect(await pump(batches([event(1)], [event(2)], [event(3)]), all)).toBe('ended');
  expect(recording.taken).toHaveLength(3);
  expect(stdout.taken).toHaveLength(1);
});

test('stops in the middle of a batch when the limit is reached', async () => {
  const { outlet, taken } = keeping();
  const all = { ...parts(outlet), limit: 2 };
  expect(await pump(batches([event(1), event(2), event(3)]), all)).toBe('limit');
  expect(taken.flatMap(({ raws }) => raws)).toHaveLength(2);
  expect(all.tally).toMatchObject({ received: 2, emitted: 2 });
});

test('throws what an outlet throws', async () => {
  const full: Outlet = { ...keeping().outlet, take: () => Promise.reject(new Error('the disk is full')) };
  await expect(pump(batches([event(1)]), parts(keeping().outlet, full))).rejects.toThrow('the disk is full');
});

test('tells how many arrivals are handled: emitted, or dropped by a filter, and none behind the limit', async () => {
  const { outlet } = keeping();
  const handled: number[] = [];
  const keep = { keeps: ({ raw }: { readonly raw: string }) => !raw.includes('"n":1}'), tally: () => [] };
  const all = { ...parts(outlet), keep, limit: 2, onHandled: (count: number) => void handled.push(count) };
  await pump(batches([event(1), event(2)], [event(1), event(3), event(4)]), all);
  expect(handled).toEqual([2, 2]);
});

test('what a required outlet did not take is not handled', async () => {
  const gone = keeping(1);
  const handled: number[] = [];
  const outlet = { ...gone.outlet, isRequired: true };
  await pump(batches([event(1)]), { ...parts(outlet), onHandled: (count: number) => void handled.push(count) });
  expect(handled).toEqual([]);
});
