import { expect, test } from 'vitest';
import { scanPattern } from '../../../src/flow/match/scan-pattern.ts';

test.each([
  '@acme\\.com$',
  '^Stand',
  'a|b',
  '^[0-9a-f]{16}$',
  '@(acme|corp)\\.com',
  '[*+?(]',
  '\\p{Lu}\\u{1F600}',
  '(?<n>a)',
])('%s is simple', (source) => {
  expect(new RegExp(source, 'u')).toBeTruthy();
  expect(scanPattern(source)).toEqual({ isSimple: true, refused: undefined });
});

test.each([
  'a*',
  'a+b',
  'a?',
  'a{2,}',
  'a{1,2}',
  '(a|b){2}',
  '(a|aa)(a|aa)',
  'a{33}',
  '(?:a)+',
  '[a]*',
  '(a{30}){33}',
  '(a{1000}|b{1000})c{1000}',
])('%s is not simple, but taken', (source) => {
  expect(new RegExp(source, 'u')).toBeTruthy();
  expect(scanPattern(source)).toEqual({ isSimple: false, refused: undefined });
});

test.each([
  ['a(?=b)', 1],
  ['(?!b)', 0],
  ['x(?<=b)', 1],
  ['(?<!b)', 0],
  ['(a)\\1', 3],
  ['(?<n>a)\\k<n>', 7],
  ['a{1001}', 1],
  ['a{0,1001}', 1],
  ['a{1001,}', 1],
  ['(a{40}){30}', 7],
  ['((?:a{20}|b)+c{2}){51}', 18],
  ['(?i:a)', 0],
])('%s is refused at %i', (source, index) => {
  const { isSimple, refused } = scanPattern(source);
  expect([isSimple, refused?.index]).toEqual([false, index]);
});
