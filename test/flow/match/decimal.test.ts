import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDecimals, parseDecimal } from '../../../src/flow/match/decimal.ts';

const compare = (a: string, b: string): number | undefined => {
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  return left && right && Math.sign(compareDecimals(left, right));
};

test.each([
  ['1', '1.0', 0],
  ['1e3', '1000', 0],
  ['1E+3', '1000.000', 0],
  ['0.1e-2', '0.001', 0],
  ['0', '-0.0e5', 0],
  ['9007199254740992', '9007199254740993', -1],
  ['7187654321098765433', '7187654321098765432', 1],
  ['-1', '1', -1],
  ['-2', '-1', -1],
  ['-2', '-2.0', 0],
  ['-10', '-9', -1],
  ['10', '9', 1],
  ['0.9', '0.10', 1],
  ['1e400', '1e399', 1],
  ['1e99999999999999999999', '1e99999999999999999998', 1],
  ['0', '1e-400', -1],
])('%s against %s is %i', (a, b, expected) => {
  expect(compare(a, b)).toBe(expected);
  expect(compare(b, a)).toBe(0 - expected);
});

test.each(['', '007', '+1', ' 1', '1 ', '1.', '.5', '0x10', 'NaN', 'Infinity', '1_000', '--1', '1e', '١'])(
  '"%s" is no number',
  (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  },
);

test('orders whole numbers of any length as BigInt does', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      expect(compare(String(a), String(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('orders doubles as JavaScript does', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(double, double, (a, b) => {
      expect(compare(JSON.stringify(a), JSON.stringify(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
