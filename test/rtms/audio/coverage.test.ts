import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCoverage } from '../../../src/rtms/audio/coverage.ts';

const stretches = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 30 })), { maxLength: 60 });

test('what is new of each stretch is exactly what was not marked before', () => {
  fc.assert(
    fc.property(stretches, (list) => {
      const coverage = createCoverage();
      const marked = new Set<number>();
      for (const [from, length] of list) {
        const wanted = Array.from({ length }, (_, index) => from + index).filter((at) => !marked.has(at));
        const fresh = coverage
          .add(from, from + length)
          .flatMap(([a, b]) => Array.from({ length: b - a }, (_, i) => a + i));
        expect(fresh).toEqual(wanted);
        for (const at of fresh) marked.add(at);
      }
    }),
  );
});
