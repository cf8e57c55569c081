import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText } from '../../../src/flow/match/compare-text.ts';

test('puts U+FF01 before an emoji, as code points do and UTF-16 does not', () => {
  expect(compareText('\uFF01', '💥')).toBeLessThan(0);
  expect('\uFF01' < '💥').toBe(false);
});

test('agrees with a comparison code point by code point', () => {
  const unit = fc.constantFrom('a', 'b', '\uE000', '\uFFFF', '\uD83D', '\uDCA5', '💥', '😀');
  const text = fc.string({ unit, maxLength: 6 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(byCodePoints([...a], [...b]));
    }),
    { numRuns: 2000 },
  );
});

const byCodePoints = (a: readonly string[], b: readonly string[]): number => {
  for (let at = 0; ; at += 1) {
    const [left, right] = [a[at]?.codePointAt(0) ?? -1, b[at]?.codePointAt(0) ?? -1];
    if (left !== right) return Math.sign(left - right);
    if (left === -1) return 0;
  }
};
