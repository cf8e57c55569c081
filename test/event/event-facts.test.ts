import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventId, eventTs } from '../../src/event/event-facts.ts';
import { PackedEvent } from '../../src/event/packed-event.ts';

/** The text between others in an arena. */
const packed = (raw: string): PackedEvent => {
  const beside = Buffer.from('{"event":"x","event_ts":1}\n');
  const arena = Buffer.concat([beside, Buffer.from(`${raw}\n`), beside]);
  return new PackedEvent({ arena, start: beside.length, end: arena.length - beside.length - 1 }, '', undefined, '');
};

const idOf = (raw: string): string => createHash('sha256').update(raw).digest('hex').slice(0, 16);

test.each([
  ['{"event":"a","download_token":"abc"}', '{"event":"a","download_token":}'],
  ['{"event":"a", "download_token" : {"a":["}",1]} , "b":1}', '{"event":"a", "download_token" :  , "b":1}'],
  ['{"download_token":"a\\"b","x":2,"download_token":null}', '{"download_token":,"x":2,"download_token":}'],
  ['{"download_token":-1.5e3}', '{"download_token":}'],
  // Only a literal one, and only at the top.
  ['{"event":"a","payload":{"download_token":"abc"}}', undefined],
  ['{"event":"download_token","x":["download_token"]}', undefined],
  ['{"event":"a","download_tok\\u0065n":"abc"}', undefined],
])('the identity of %s leaves out the value of a top-level download_token', (raw, hashed = raw) => {
  expect(eventId({ raw })).toBe(idOf(hashed));
  expect(eventId(packed(raw))).toBe(idOf(hashed));
});

test('the identity of an event with any values is that of the text without those of download_token', () => {
  const keys = fc.constantFrom('download_token', 'event', 'download_token2', 'x');
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, fc.json())), (members) => {
      const text = (written: (key: string, value: string) => string) =>
        `{${members.map(([key, value]) => `"${key}": ${written(key, value)}`).join(' ,')}}`;
      const expected = idOf(text((key, value) => (key === 'download_token' ? '' : value)));
      const raw = text((_key, value) => value);
      expect([eventId({ raw }), eventId(packed(raw))]).toEqual([expected, expected]);
    }),
  );
});

test('a masked event keeps the identity of its original', () => {
  expect(eventId({ raw: '{"event":"a"}', maskedId: 'ab' })).toBe('ab');
  expect(eventId({ raw: '{"event":"a"}', meta: '{"id":"cd","redacted":true}' })).toBe('cd');
  expect(eventId({ raw: '{"event":"a"}', meta: '{"id":"cd","subscription":"redacted"}' })).toBe(idOf('{"event":"a"}'));
});

test.each([
  ['{"event":"a","event_ts":1706123456789,"payload":{}}', 1706123456789],
  ['{"event":"a","event_ts":0}', 0],
  ['{"event":"","event_ts":7}', 7],
  ['{"event_ts":7,"event":"a"}', 7],
  ['{"event":"a\\"b","event_ts":7}', 7],
  ['{"event": "a", "event_ts": 7}', 7],
  ['{"event":"a","event_ts":1.5}', 1.5],
  ['{"event":"a","event_ts":17e2}', 1700],
  ['{"event":"a","event_ts":-7}', -7],
  ['{"event":"a","event_ts":1234567890123456}', 1234567890123456],
  ['{"event":"a","event_ts":1e999}', undefined],
  ['{"event":"a","event_ts":"7"}', undefined],
  ['{"event":"a","event_ts":null}', undefined],
  ['{"event":"a","event_ts":[7]}', undefined],
  ['{"event":"a"}', undefined],
  ['{"event":"a","event_ts":7,"event_ts":8}', 8],
  ['{"event":"a","event_ts":7,"payload":{"event_ts":8}}', 7],
  ['{"event":"a","payload":{"event_ts":8}}', undefined],
  ['{"event":"\\",\\"event_ts\\":5,","event_ts":7}', 7],
])('of %s the time is %s, from a string and from bytes', (raw, expected) => {
  expect(eventTs({ raw })).toBe(expected);
  expect(eventTs(packed(raw))).toBe(expected);
});

test('string and bytes agree, whatever the event', () => {
  const key = fc.constantFrom('event', 'event_ts', 'payload', 'x');
  const value = fc.oneof(fc.json({ maxDepth: 2 }), fc.integer().map(String), fc.constantFrom('"a"', '1706123456789'));
  const members = fc.array(fc.tuple(key, value), { maxLength: 4 });
  fc.assert(
    fc.property(members, (all) => {
      const raw = `{${all.map(([name, json]) => `"${name}":${json}`).join(',')}}`;
      expect(eventTs(packed(raw))).toBe(eventTs({ raw }));
      expect(eventId(packed(raw))).toBe(eventId({ raw }));
    }),
  );
});
