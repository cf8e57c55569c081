import { expect, test } from 'vitest';
import { wrap } from '../../../src/format/captions/wrap.ts';

test('leaves a text that fits, and any text where there is no width', () => {
  expect(wrap('one two', 20, 10, 4)).toBe('one two');
  expect(wrap('one two three four five', 0, 10, 4)).toBe('one two three four five');
});

test('breaks at white space, and indents what follows', () => {
  expect(wrap('one two three four five six', 20, 0, 4)).toBe('one two three four\n    five six');
});

test('breaks a word that is longer than a line, between characters as they are seen', () => {
  expect(wrap('語'.repeat(12), 20, 0, 4)).toBe(`${'語'.repeat(10)}\n    語語`);
});
