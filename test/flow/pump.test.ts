import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { pump } from '../../src/flow/pump.ts';
import { createTally } from '../../src/flow/tally.ts';
import { createNdjson } from '../../src/format/ndjson.ts';
import type { Sink } from '../../src/outlet/sink.ts';

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

/** A sink that keeps what it is given; after `most` writes its reader leaves. */
const keeping = (most = Number.POSITIVE_INFINITY) => {
  const gone = new AbortController();
  const written: string[] = [];
  const sink: Sink = {
    gone: gone.signal,
    async write(text) {
      written.push(text.toString());
      if (written.length >= most) gone.abort();
    },
    close: async () => {},
  };
  return { sink, written };
};

const parts = (...sinks: readonly Sink[]) => ({
  keep: { keeps: () => true, tally: () => [] },
  dedupe: undefined,
  redact: undefined,
  outputs: sinks.map((sink) => ({ format: createNdjson({ meta: false }), sink, lifecycle: false, control: false })),
  limit: Number.POSITIVE_INFINITY,
  tally: createTally(),
  clock: { now: () => 0 },
});

test('writes one joined text for each batch and output', async () => {
  const one = keeping();
  const two = keeping();
  expect(await pump(batches([event(1), event(2)], [event(3)]), parts(one.sink, two.sink))).toBe('ended');
  expect(one.written).toHaveLength(2);
  expect(two.written).toEqual(one.written);
});

test('ends when the only reader has gone', async () => {
  const only = keeping(1);
  expect(await pump(batches([event(1)], [event(2)]), parts(only.sink))).toBe('gone');
  expect(only.written).toHaveLength(1);
});

test('a recording still gets what arrives after the reader of stdout has gone', async () => {
  const recording = keeping();
  const stdout = keeping(1);
  expect(await pump(batches([event(1)], [event(2)], [event(3)]), parts(recording.sink, stdout.sink))).toBe('ended');
  expect(recording.written).toHaveLength(3);
  expect(stdout.written).toHaveLength(1);
});

test('stops in the middle of a batch when the limit is reached', async () => {
  const { sink, written } = keeping();
  const all = { ...parts(sink), limit: 2 };
  expect(await pump(batches([event(1), event(2), event(3)]), all)).toBe('limit');
  expect(written.join('').trim().split('\n')).toHaveLength(2);
  expect(all.tally).toMatchObject({ received: 2, emitted: 2 });
});
