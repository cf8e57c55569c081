/** First and last code point of each range. */
export type Ranges = readonly (readonly [first: number, last: number])[];

const LAST = 0x10ffff;

/** All code points but these. */
export const complement = (ranges: Ranges): Ranges => {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
};

/** A class of RE2; one that matches nothing where there are no ranges. */
export const classOf = (ranges: Ranges): string =>
  ranges.length === 0
    ? `[^\\x{0}-\\x{${hex(LAST)}}]`
    : `[${ranges.map(([a, b]) => `\\x{${hex(a)}}-\\x{${hex(b)}}`).join('')}]`;

const hex = (codePoint: number): string => codePoint.toString(16);

const SURROGATES = [0xd800, 0xdfff] as const;
/** Blocks that are looked at as one text each: without the surrogates, which would pair. */
const BLOCKS: Ranges = [
  [0, SURROGATES[0] - 1],
  [SURROGATES[1] + 1, 0xffff],
  [0x10000, LAST],
];

const known = new Map<string, Ranges>();

/** The code points of `\p{…}` or `\P{…}`, as this version of JavaScript has them: asked of `RegExp` itself. */
export const rangesOfProperty = (spelling: string): Ranges => {
  const before = known.get(spelling);
  if (before !== undefined) return before;
  const runs = new RegExp(`${spelling}+`, 'gu');
  const one = new RegExp(`^${spelling}$`, 'u');
  const found: (readonly [number, number])[] = [];
  for (const [first, last] of BLOCKS) {
    const units = first > 0xffff ? 2 : 1;
    for (const { 0: run, index } of textOf(first, last).matchAll(runs)) {
      found.push([first + index / units, first + (index + run.length) / units - 1]);
    }
  }
  for (let unit: number = SURROGATES[0]; unit <= SURROGATES[1]; unit += 1) {
    if (one.test(String.fromCharCode(unit))) found.push([unit, unit]);
  }
  known.set(spelling, found);
  return found;
};

const textOf = (first: number, last: number): string => {
  const pieces: string[] = [];
  for (let at = first; at <= last; at += PIECE) {
    const length = Math.min(PIECE, last - at + 1);
    pieces.push(String.fromCodePoint(...Array.from({ length }, (_, index) => at + index)));
  }
  return pieces.join('');
};

/** As many arguments as one call takes without trouble. */
const PIECE = 4096;
