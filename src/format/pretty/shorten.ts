import { widthOf } from '../../terminal/width.ts';
import { beginning } from './cut.ts';
import { SEPARATOR, type Span } from './span.ts';

/**
 * Shortens names and topics, the widest first, until the sentence fits: “Quarterly nu…” (852 1234 5678) tells more
 * than “Quarterly numbers” (8… does. What stands after the first separator gets no room this way.
 */
export const shorten = (spans: readonly Span[], columns: number): readonly Span[] => {
  const end = spans.indexOf(SEPARATOR);
  const sentence = end < 0 ? spans : spans.slice(0, end);
  const widths = sentence.map(({ text }) => widthOf(text));
  let over = widths.reduce((sum, width) => sum + width, 0) - columns;
  if (over <= 0) return spans;
  const shortened = [...spans];
  while (over > 0) {
    const widest = widestOf(sentence, widths);
    const [span, width] = [sentence[widest], widths[widest]];
    if (span?.least === undefined || width === undefined) break;
    // No further than to the next widest at once: two long names share the loss.
    const next = Math.max(0, ...widths.filter((_, index) => index !== widest && sentence[index]?.least !== undefined));
    const target = Math.max(span.least, width - over, Math.min(width - 1, next));
    over -= width - target;
    widths[widest] = target;
    shortened[widest] = { ...span, text: beginning(span.text, target) };
  }
  return shortened;
};

/** The widest piece that may still be shortened; -1 if there is none. */
const widestOf = (spans: readonly Span[], widths: readonly number[]): number => {
  let widest = -1;
  for (const [index, width] of widths.entries()) {
    const least = spans[index]?.least;
    if (least !== undefined && width > least && width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
};
