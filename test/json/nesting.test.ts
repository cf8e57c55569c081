import { expect, test } from 'vitest';
import { isTooNested, mayBeTooNested } from '../../src/json/nesting.ts';

const MIB = 1024 * 1024;
const deep = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

test.each<[string, boolean, string]>([
  ['as deep as events are', false, deep(5_000)],
  ['a little deeper', true, deep(5_001)],
  ['deep objects', true, deep(5_001, '{"a":', '}')],
  ['without an end', true, '['.repeat(25_000)],
  ['deep only in a string', false, JSON.stringify(deep(25_000))],
  ['deep only in a string with quotes and backslashes', false, JSON.stringify(`"\\${deep(25_000)}\\"`)],
  ['deep after a string', true, `["\\\\",${deep(5_001)}]`],
  ['a string without an end', false, `"${deep(25_000)}`],
  ['wide and small', false, `[${'[],'.repeat(10_000)}0]`],
  ['wide and large', true, `[${'[],'.repeat(MIB / 2)}0]`],
  ['large, with as many objects as a list of people has', false, `[${'{"name":"Grace Hopper"},'.repeat(MIB / 20)}0]`],
  ['large, with brackets in strings', false, `["${'['.repeat(2 * MIB)}"]`],
])('%s: %s', (_, expected, text) => {
  expect(isTooNested(text)).toBe(expected);
});

test('of bytes it knows only what cannot be: small ones, and large ones with few brackets', () => {
  const bytes = (text: string) => Buffer.from(text);
  const look = (one: Buffer) => mayBeTooNested(one, 0, one.length);
  expect(look(bytes('[],'.repeat(1_000)))).toBe(false);
  expect(look(bytes('[],'.repeat(MIB / 2)))).toBe(true);
  expect(look(bytes('x'.repeat(2 * MIB)))).toBe(false);
});
