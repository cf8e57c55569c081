import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/http/retry-after.ts';

const NOW = Date.parse('2026-11-22T01:42:00Z');

test.each([
  ['120', 120_000],
  [' 5 ', 5_000],
  ['0', 0],
  ['1.5', 1_500],
  ['Sun, 22 Nov 2026 01:43:00 GMT', 60_000],
  ['Sunday, 22-Nov-26 01:43:00 GMT', 60_000],
  ['Sun, 22 Nov 2026 01:41:00 GMT', 0],
  ['2026-11-23T00:00:00Z', 80_280_000],
  ['2026-11-22T01:42:30.500Z', 30_500],
  ['2026-11-22T02:42:00+01:00', 0],
])('"%s" is %i ms', (value, ms) => {
  expect(retryAfterMs({ value, date: undefined }, NOW)).toBe(ms);
});

test.each([
  undefined,
  '',
  ' ',
  'soon',
  '-5',
  '+5',
  'in 5 minutes',
  '5 minutes',
  '0x10',
  '1e9',
  'Infinity',
  '9'.repeat(400),
  '22/11/2026',
  'Sun, 99 Nov 2026 99:99:99 GMT',
])('"%s" says nothing', (value) => {
  expect(retryAfterMs({ value, date: undefined }, NOW)).toBeUndefined();
});

const SERVER = 'Sun, 22 Nov 2026 09:00:00 GMT';

test.each([
  ['Sun, 22 Nov 2026 09:01:00 GMT', SERVER, 60_000],
  ['2026-11-22T09:00:10Z', SERVER, 10_000],
  ['30', SERVER, 30_000],
  ['Sun, 22 Nov 2026 01:43:00 GMT', 'no date', 60_000],
  ['Sun, 22 Nov 2026 01:43:00 GMT', '', 60_000],
])("measures an instant by the server's own clock: %s at %s", (value, date, ms) => {
  expect(retryAfterMs({ value, date }, NOW)).toBe(ms);
});
