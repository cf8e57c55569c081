import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliceOfKey } from '../../src/json/slice-of-key.ts';

test.each([
  ['{"content":{"a":1}}', '{"a":1}'],
  ['{"content":1}', '1'],
  ['{"content":-1.50e+10 }', '-1.50e+10'],
  ['{"content":true,"x":1}', 'true'],
  ['{ "x" : [ 1 , {"content":2} ] , "content" : null }', 'null'],
  ['\n{\t"content"\r\n:\n"a\\"}b"\n}\n', '"a\\"}b"'],
  ['{"content":"\\\\"}', '"\\\\"'],
  ['{"\\u0063ontent":{"a":"}"}}', '{"a":"}"}'],
  ['{"content":1,"content":2}', '2'],
  ['{"a":"content","content":[[],[{}]]}', '[[],[{}]]'],
  ['{"content":12345678901234567890}', '12345678901234567890'],
  ['{"x":"\\"content\\":1","content":3}', '3'],
])('%j → %j', (text, slice) => {
  expect(sliceOfKey(text, 'content')).toBe(slice);
});

test('finds the text of any key of any object, however it is spaced', () => {
  const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(objects, fc.constantFrom(0, 1, '\t', ' \n '), fc.nat(), (object, space, index) => {
      const text = JSON.stringify(object, undefined, space);
      const keys = Object.keys(object);
      const key = keys[index % keys.length] ?? '';
      expect(JSON.parse(sliceOfKey(text, key))).toEqual(JSON.parse(text)[key]);
    }),
  );
});
