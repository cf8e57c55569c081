import { expect, test } from 'vitest';
import { factsOf } from '../../../../src/format/pretty/facts.ts';
import { between, formatSize, when } from '../../../../src/format/pretty/parts/amounts.ts';

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [1400, '1.4 kB'],
  [93_400_000, '93 MB'],
  [999_999, '1.0 MB'],
  [2.5e13, '25 TB'],
  [5e18, '5000000 TB'],
])('%d bytes are %s', (bytes, shown) => {
  expect(formatSize(bytes)).toBe(shown);
});

const facts = (object: unknown) => factsOf('x.y', { payload: { object } }, true);

test.each([
  ['2026-11-22T14:00:00Z', '2026-11-22 14:00'],
  ['2026-11-22T14:00:00+02:00', '2026-11-22 12:00'],
  ['tomorrow, perhaps', 'tomorrow, perhaps'],
  ['', undefined],
  [null, undefined],
  [{}, undefined],
])('the instant %j is %s', (at, shown) => {
  expect(when('at')(facts({ at }))).toBe(shown);
});

test.each([
  ['2026-11-22T14:00:00Z', '2026-11-22T14:44:10Z', '44m 10s'],
  ['2026-11-22T14:44:10Z', '2026-11-22T14:00:00Z', undefined],
  ['2026-11-22T14:00:00Z', undefined, undefined],
])('from %s to %s are %s', (from, to, shown) => {
  expect(between('from', 'to')(facts({ from, to }))).toBe(shown);
});
