import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob } from '../../../src/flow/match/glob.ts';

test.each([
  ['meeting.*', 'meeting.started', true],
  ['meeting.*', 'meeting', false],
  ['meeting.*', 'meeting.', true],
  ['*', '', true],
  ['*.started', 'webinar.started', true],
  ['*started', 'meeting.started', true],
  ['m*g.*ed', 'meeting.started', true],
  ['meeting.participant_?oined', 'meeting.participant_joined', true],
  ['?', '', false],
  ['?', '💥', true],
  ['a?c', 'ac', false],
  ['a**c', 'abc', true],
  ['*a*b', 'aXbXb', true],
  ['Meeting.Started', 'meeting.started', true],
  ['meeting.started', 'meeting.started2', false],
  ['a.c', 'abc', false],
  ['', '', true],
])('%s on "%s" is %s', (pattern, name, expected) => {
  expect(compileGlob(pattern)(name)).toBe(expected);
});

test('agrees with the same pattern as a regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '💥'), maxLength: 12 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (glob, name) => {
      const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(compileGlob(glob)(name)).toBe(new RegExp(`^${source}$`, 'u').test(name));
    }),
  );
});

test('stays cheap on a pattern that sends backtracking matchers round and round', () => {
  // A backtracking matcher would need some 10^20 steps.
  expect(compileGlob(`${'*a'.repeat(30)}b`)('a'.repeat(3000))).toBe(false);
});
