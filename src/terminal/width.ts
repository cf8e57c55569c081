import stringWidth from 'string-width';

/** Printable ASCII, and the signs that our own sentences use: each takes one column. */
const NARROW = /^[ -~“”’…·→]*$/;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a reader takes for one character each: a letter with its accents, a family of emoji. */
export const graphemesOf = function* (text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment;
};

/** Whether each code unit of a text takes one column, so that it can be cut anywhere. */
export const isNarrow = (text: string): boolean => NARROW.test(text);

/** How many columns of a terminal a text takes. */
export const widthOf = (text: string): number => {
  if (isNarrow(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += widthOfGrapheme(grapheme);
  return width;
};

/** Measuring an emoji costs more than all else about a line, and the same ones come again and again. */
const measured = new Map<string, number>();
const MEASURED_AT_MOST = 4096;

const widthOfGrapheme = (grapheme: string): number => {
  const before = measured.get(grapheme);
  if (before !== undefined) return before;
  const width = stringWidth(grapheme);
  if (measured.size >= MEASURED_AT_MOST) measured.clear();
  measured.set(grapheme, width);
  return width;
};
