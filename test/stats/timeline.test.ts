import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimeline } from '../../src/stats/timeline.ts';

test('has no span without data', () => {
  expect(createTimeline().span()).toBeUndefined();
  expect(createTimeline().counts('a')).toEqual([]);
});

test('counts everything once, in a bounded number of slots, whatever the order of the times', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -8.64e15, max: 8.64e15 }), { minLength: 1 }), (times) => {
      const timeline = createTimeline();
      for (const at of times) timeline.add('a', at);
      const counts = timeline.counts('a');
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(times.length);
      expect(counts.length).toBeLessThanOrEqual(512);
      const span = timeline.span();
      expect(span?.from).toBeLessThanOrEqual(Math.min(...times));
      expect(span?.to).toBeGreaterThan(Math.max(...times));
    }),
  );
});

test('keeps the series side by side', () => {
  const timeline = createTimeline();
  timeline.add('a', 0);
  timeline.add('b', 3);
  timeline.add('b', 3);
  expect(timeline.counts('a')).toEqual([1, 0, 0, 0]);
  expect(timeline.counts('b')).toEqual([0, 0, 0, 2]);
});
