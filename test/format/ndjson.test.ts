import { expect, test } from 'vitest';
import { createNdjson } from '../../src/format/ndjson.ts';

const withMeta = (raw: string): string =>
  createNdjson({ meta: true }).event({ kind: 'event', raw, type: '', receivedAt: 0, subscription: 'abc' }, 1);

test.each([
  ['an empty object', '{}', '{"_meta":{'],
  ['an empty object with much room in it', `{${' '.repeat(100)}}`, `{${' '.repeat(100)}"_meta":{`],
  ['an object that ends in an empty one', '{"a":{ } }', '{"a":{ } ,"_meta":{'],
  ['room behind the end', '{"a":1} ', '{"a":1,"_meta":{'],
])('adds _meta as the last key to %s', (_what, raw, beginning) => {
  const line = withMeta(raw);
  expect(line.startsWith(beginning)).toBe(true);
  expect(Object.keys(JSON.parse(line)).at(-1)).toBe('_meta');
});

test('writes an event without --meta as it came', () => {
  const raw = '{"event" : "x","n":1.0e+2}';
  const delivery = { kind: 'event' as const, raw, type: 'x', receivedAt: 0, subscription: 'abc' };
  expect(createNdjson({ meta: false }).event(delivery, 1)).toBe(raw);
});
