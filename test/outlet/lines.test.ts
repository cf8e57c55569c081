import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { createNdjson } from '../../src/format/ndjson.ts';
import { linesOutlet } from '../../src/outlet/lines.ts';
import { streamSink } from '../../src/outlet/stream.ts';

const event = (n: number): Arrival => ({ kind: 'event', raw: `{"n":${n}}`, type: '', receivedAt: 0, subscription: '' });
const gap: Arrival = { kind: 'lifecycle', type: 'zoom_ws.gap', raw: '{"event":"zoom_ws.gap"}', receivedAt: 0 };

const open = (lifecycle: boolean) => {
  const stream = new PassThrough();
  const sink = streamSink(stream, 'stdout');
  return { stream, outlet: linesOutlet({ format: createNdjson({ meta: false }), lifecycle, control: false }, sink) };
};

test('writes one joined text for each batch', async () => {
  const { stream, outlet } = open(false);
  const chunks: string[] = [];
  stream.on('data', (chunk) => chunks.push(String(chunk)));
  await outlet.take([event(1), gap, event(2)], 1);
  await outlet.take([gap], 3);
  await outlet.take([event(3)], 3);
  await outlet.reader?.caughtUp();
  expect(chunks).toEqual(['{"n":1}\n{"n":2}\n', '{"n":3}\n']);
});

test('is gone, without an error, once its reader has left or was given up', async () => {
  const left = open(true);
  left.stream.destroy();
  await expect.poll(() => left.outlet.gone.aborted).toBe(true);
  const given = open(true);
  given.outlet.reader?.abandon();
  expect(given.outlet.gone.aborted).toBe(true);
  await given.outlet.take([event(1)], 1);
  await given.outlet.close();
});
