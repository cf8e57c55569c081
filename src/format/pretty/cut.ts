import { graphemesOf, isNarrow, widthOf } from '../../terminal/width.ts';
import { SEPARATOR, type Span } from './span.ts';

/** Fewer columns than this of what stands after a separator tell nothing. */
const WORTH_SHOWING = 10;

/** The spans, cut so that they take no more columns than given; what was cut ends in `…`. No character is split. */
export const cut = (spans: readonly Span[], columns: number): readonly Span[] => {
  let left = columns;
  /** Where the last separator stands, and how many columns there are from it on. */
  let separator = { index: 0, left: columns };
  for (const [index, span] of spans.entries()) {
    if (span === SEPARATOR) separator = { index, left };
    const width = widthOf(span.text);
    const isLast = spans.slice(index + 1).every(({ text }) => text === '');
    // An ellipsis after a full line has no room: hence no span may take the last column but the last one.
    if (width > left || (width === left && !isLast && spans[index + 1] !== SEPARATOR)) {
      if (separator.index > 0 && separator.left < WORTH_SHOWING) return spans.slice(0, separator.index);
      const before = spans.slice(0, index);
      const text = beginning(`${span.text} `, left);
      // One ellipsis is enough where a shortened topic stands before: “Release g…”.
      const isShown = text.trim() !== '…' || !ENDS_CUT.test(textOf(before));
      return isShown ? [...before, { ...span, text }] : before;
    }
    left -= width;
  }
  return spans;
};

const ENDS_CUT = /…”?$/;

const textOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');

/** The beginning of a text that does not fit, with its `…`, in so many columns at most. */
export const beginning = (text: string, columns: number): string => {
  if (columns <= 0) return '';
  if (isNarrow(text.slice(0, columns))) return `${text.slice(0, columns - 1)}…`;
  let kept = '';
  let left = columns - 1;
  for (const grapheme of graphemesOf(text)) {
    left -= widthOf(grapheme);
    if (left < 0) break;
    kept += grapheme;
  }
  return `${kept}…`;
};
