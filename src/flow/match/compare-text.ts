/**
 * Negative, zero or positive, by code point. JavaScript's `<` compares UTF-16 units, which puts an emoji before U+FF01.
 */
export const compareText = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === shorter) return a.length - b.length;
  const inPair = at > 0 && isHighSurrogate(a.charCodeAt(at - 1));
  return (inPair ? orderAt(a, b, at - 1) : 0) || orderAt(a, b, at);
};

const orderAt = (a: string, b: string, at: number): number => (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
