import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLagHistogram } from '../../src/stats/lag-histogram.ts';

const nearestRank = (values: readonly number[], share: number): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];

const filled = (values: readonly number[]) => {
  const histogram = createLagHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
};

test('has nothing to say without data', () => {
  expect(filled([]).percentile(0.5)).toBeUndefined();
  expect(filled([]).max()).toBeUndefined();
});

test('is exact by nearest rank, negative lags included', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5000, max: 100_000 }), { minLength: 1 }), (values) => {
      const histogram = filled(values);
      for (const share of [0.5, 0.95]) expect(histogram.percentile(share)).toBe(nearestRank(values, share));
      expect(histogram.max()).toBe(Math.max(...values));
    }),
  );
});

test('is off by at most 0.1 % where there are too many distinct lags to count each', () => {
  const values = Array.from({ length: 200_000 }, (_, index) => ((index * 7919) % 1_000_003) * 3 - 1000);
  const histogram = filled(values);
  for (const share of [0.01, 0.5, 0.95, 0.999]) {
    const exact = nearestRank(values, share) ?? 0;
    expect(Math.abs((histogram.percentile(share) ?? 0) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.001);
  }
  expect(histogram.max()).toBe(nearestRank(values, 1));
});
