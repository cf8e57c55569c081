import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from '../../src/time/backoff.ts';

test.each([
  [1, 1_000],
  [2, 2_000],
  [3, 4_000],
  [5, 16_000],
  [6, 30_000],
  [7, 30_000],
  [1_000_000, 30_000],
])('failure %i waits at most %i ms', (failures, ms) => {
  expect(backoffMs(failures, () => 1)).toBe(ms);
});

test('waits a quarter of a second at least, and the whole range is used', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, dice) => {
        const ms = backoffMs(failures, () => dice);
        const ceiling = Math.min(30_000, 1_000 * 2 ** Math.min(failures - 1, 20));
        expect(ms).toBe(Math.max(250, Math.round(dice * ceiling)));
      },
    ),
  );
});
