import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitize } from '../../src/terminal/sanitize.ts';

test('nothing that a terminal obeys, or that hides, gets through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(sanitize(text)).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\u3164\ufeff]/u);
    }),
    { numRuns: 2000 },
  );
});

test('every character that Unicode calls ignorable is escaped, but for what emoji and ideographs are made with', () => {
  const kept: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    const character = String.fromCodePoint(point);
    if (
      /\p{Default_Ignorable_Code_Point}/u.test(character) &&
      /\P{Cn}/u.test(character) &&
      sanitize(character) === character
    ) {
      kept.push(point.toString(16));
    }
  }
  expect(kept.filter((point) => !/^(200d|fe0[0-9a-f]|e01[0-9a-f]{2})$/.test(point))).toEqual([
    '1bca0',
    '1bca1',
    '1bca2',
    '1bca3',
  ]);
});

test.each(['Ada Lovelace', '👩‍👩‍👧', 'é̂', '山田', 'ﷺ', '🇩🇪', '☀️'])('%s stays what it is', (text) => {
  expect(sanitize(text)).toBe(text);
});
