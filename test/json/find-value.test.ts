import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFoundValue, findValue } from '../../src/json/find-value.ts';

/** What is found in a text that stands between others in an arena; for a scalar, its JSON text. */
const find = (json: string, path: string): string => {
  const before = Buffer.from('{"a":"before"}\n');
  const arena = Buffer.concat([before, Buffer.from(json), Buffer.from('\n{"a":"behind"}\n')]);
  const found = createFoundValue();
  const keys = path.split('.').map((key) => ({ bytes: Buffer.from(key) }));
  findValue({ arena, start: before.length, end: before.length + Buffer.byteLength(json) }, keys, found);
  return found.kind === 'scalar' ? arena.toString('utf8', found.start, found.end) : found.kind;
};

test.each([
  ['{"a":1}', 'a', '1'],
  ['{"a":-0.5e+3,"b":2}', 'a', '-0.5e+3'],
  ['{"a":"x"}', 'a', '"x"'],
  ['{"a":"x\\\\","b":"y\\"}"}', 'b', '"y\\"}"'],
  ['{"a":"}{][,","b":null}', 'b', 'null'],
  ['{"a":[{"b":1},"]",[2]],"b":true}', 'b', 'true'],
  ['{"a":{"b":{"c":"deep"},"c":1}}', 'a.b.c', '"deep"'],
  ['{"a":{"b":{"c":"deep"}}}', 'a.c', 'absent'],
  ['{"a":{"b":1}}', 'a', 'container'],
  ['{"a":[1]}', 'a', 'container'],
  ['{"a":[{"b":1}]}', 'a.b', 'absent'],
  ['{"a":"b"}', 'a.b', 'absent'],
  ['{}', 'a', 'absent'],
  ['{"a":{}}', 'a.b', 'absent'],
  ['{"aa":1,"b":2}', 'a', 'absent'],
  [' { "a" :\t{ "b" : 7 } , "c" : 8 } ', 'a.b', '7'],
  [' { "a" :\t{ "b" : 7 } , "c" : 8 } ', 'c', '8'],
  ['{"ключ":{"名":"値"}}', 'ключ.名', '"値"'],
  ['{"a":1,"a":2}', 'a', 'unclear'],
  ['{"a":{"b":1},"c":0,"a":{"b":2}}', 'a.b', 'unclear'],
  ['{"a":{"b":1,"b":2}}', 'a.b', 'unclear'],
  ['{"a":{"b":1,"b":2}}', 'a', 'container'],
  ['{"\\u0061":1}', 'a', 'unclear'],
  ['{"x":{"\\u0061":1},"a":2}', 'a', '2'],
])('in %s, %s leads to %s', (json, path, expected) => {
  expect(find(json, path)).toBe(expected);
});

test('finds what JSON.parse finds, or says that it cannot know', () => {
  const key = fc.constantFrom('a', 'b', 'ab', 'ключ', '\\u0061', 'a\\"', '__proto__');
  const blank = fc.constantFrom('', '', '', ' ', '\t', ' \r');
  const { object } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('1', '-0', '1.5e-7', 'true', 'false', 'null', '""', '"{"', '"\\\\"', '"\\"]"', '"é\\u00e9💥"'),
      tie('object'),
      tie('array'),
    ),
    array: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    object: fc
      .array(fc.tuple(blank, key, blank, tie('value'), blank), { maxLength: 4 })
      .map((all) => `{${all.map(([x, name, y, value, z]) => `${x}"${name}"${y}:${x}${value}${z}`).join(',')}}`),
  }));
  const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'ключ', '__proto__'), { minLength: 1, maxLength: 3 });
  let known = 0;
  fc.assert(
    fc.property(object, path, (json, keys) => {
      const found = find(json, keys.join('.'));
      if (found === 'unclear') return;
      known += 1;
      let value: unknown = JSON.parse(json);
      for (const name of keys) {
        const inside =
          typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
        value = inside ? (value as Record<string, unknown>)[name] : undefined;
      }
      if (value === undefined) expect(found).toBe('absent');
      else if (typeof value === 'object' && value !== null) expect(found).toBe('container');
      else expect(Object.is(JSON.parse(found), value), `${found} for ${String(value)}`).toBe(true);
    }),
  );
  expect(known).toBeGreaterThan(20);
});
