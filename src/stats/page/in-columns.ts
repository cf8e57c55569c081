import { graphemesOf, widthOf } from '../../terminal/width.ts';
import type { Glyphs } from './glyphs.ts';

/** The text in exactly so many columns of a terminal: filled up with spaces, or cut. No character is split. */
export const inColumns = (text: string, columns: number, { ellipsis }: Glyphs): string => {
  const shown = widthOf(text) <= columns ? text : `${beginning(text, columns - 1)}${ellipsis}`;
  return shown + ' '.repeat(Math.max(0, columns - widthOf(shown)));
};

const beginning = (text: string, columns: number): string => {
  let kept = '';
  let left = columns;
  for (const grapheme of graphemesOf(text)) {
    left -= widthOf(grapheme);
    if (left < 0) break;
    kept += grapheme;
  }
  return kept;
};
