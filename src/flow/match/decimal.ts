/** A number exactly: `0.digits` times ten to the power of `point`. Zero has no digits. */
export type Decimal = { readonly negative: boolean; readonly digits: string; readonly point: bigint };

const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Reads a number as JSON spells it, at any length; undefined for anything else (`007`, `+1`, ` 1`). */
export const parseDecimal = (text: string): Decimal | undefined => {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const all = `${whole}${fraction}`;
  const first = all.search(/[1-9]/);
  if (first < 0) return { negative: false, digits: '', point: 0n };
  return {
    negative: sign === '-',
    digits: withoutTrailingZeros(all.slice(first)),
    point: BigInt(whole.length - first) + BigInt(exponent),
  };
};

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const signs = signOf(a) - signOf(b);
  if (signs !== 0 || a.digits === '') return signs;
  const sizes = a.point === b.point ? order(a.digits, b.digits) : order(a.point, b.point);
  return a.negative ? 0 - sizes : sizes;
};

/** Without a regular expression: `0+$` would look at every run of zeros again and again. */
const withoutTrailingZeros = (digits: string): string => {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
};

const signOf = ({ negative, digits }: Decimal): number => (digits === '' ? 0 : negative ? -1 : 1);

const order = <T extends string | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
