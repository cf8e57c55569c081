import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createObjectParts, scanObject } from '../../src/json/scan-object.ts';

const scan = (text: string) => {
  const parts = createObjectParts();
  const bytes = Buffer.from(`${text}\n`);
  return { after: scanObject(bytes, 0, parts), length: bytes.length - 1, parts };
};

const isObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

test.each([
  '{}',
  '{ }',
  '{"a":1}',
  '{"a":[],"b":{},"c":[[{}]]}',
  ' \t{"a":1}'.trim(),
  '{"a" : -0.5e+10 , "b":[true,false,null]}',
  String.raw`{"a":"\"\\\/\b\f\n\r\té😀"}`,
  '{"é":"日本 😀"}',
])('takes %s', (text) => {
  expect(scan(text)).toMatchObject({ after: Buffer.byteLength(text) });
});

test.each([
  '',
  '[]',
  '1',
  '"{}"',
  '{',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,}',
  '{,}',
  '{"a":1 "b":2}',
  '{"a":[1,]}',
  '{"a":[1}',
  '{"a":{]}',
  "{'a':1}",
  '{"a":01}',
  '{"a":1.}',
  '{"a":.5}',
  '{"a":1e}',
  '{"a":+1}',
  '{"a":-}',
  '{"a":tru}',
  '{"a":nul}',
  '{"a":NaN}',
  '{"a":"\\x"}',
  '{"a":"\\u12g4"}',
  '{"a":"tab\there"}',
  '{"a":"\u0000"}',
  '{"a":"never closed}',
])('refuses %j', (text) => {
  expect(scan(text).after).toBe(-1);
});

test('agrees with JSON.parse on every JSON value', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
      const text = JSON.stringify({ event: 'x', payload: JSON.parse(json) }, undefined, space).replaceAll('\n', ' ');
      const { after, length } = scan(text);
      expect(after).toBe(length);
    }),
  );
});

test('agrees with JSON.parse on damaged text', () => {
  const damaged = fc
    .tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', 'e'),
    )
    .map(([json, at, removed, inserted]) => {
      const text = `{"event":"x","payload":${json}}`;
      const place = at % text.length;
      return (text.slice(0, place) + inserted + text.slice(place + removed)).replaceAll('\n', '');
    });
  fc.assert(
    fc.property(damaged, (text) => {
      const { after, length } = scan(text);
      // White space behind the object is the caller's to pass over.
      const whole = after >= 0 && Buffer.from(text).subarray(after, length).toString().trim() === '';
      expect(whole).toBe(isObject(text) && text.startsWith('{'));
    }),
    { numRuns: 2000 },
  );
});

test('finds the last key, its comma, and how often "event" stands at the top', () => {
  const text = '{"event":"a", "payload":{"event":"b","_meta":1} ,"_meta":{"event":"c"}}';
  expect(scan(text).parts).toEqual({
    lastKey: text.lastIndexOf('"_meta"'),
    comma: text.lastIndexOf(','),
    eventKeys: 1,
  });
});

test('finds the only key, and none in an empty object', () => {
  expect(scan('{ "_meta":{}}').parts).toEqual({ lastKey: 2, comma: -1, eventKeys: 0 });
  expect(scan('{}').parts).toEqual({ lastKey: -1, comma: -1, eventKeys: 0 });
});

test('goes down as deep as JSON.parse', () => {
  const text = `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  expect(scan(text).after).toBe(text.length);
});
