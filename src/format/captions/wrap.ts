import { graphemesOf, widthOf } from '../../terminal/width.ts';

/** A line is never narrower than this, however deep the indent. */
const NARROWEST = 16;

/**
 * Breaks a text into lines of at most `columns`, at white space where there is some; lines after the first are indented.
 * `first` columns of the first line are taken already. 0 columns: one line.
 */
export const wrap = (text: string, columns: number, first: number, indent: number): string => {
  if (columns <= 0 || first + widthOf(text) <= columns) return text;
  const depth = Math.min(indent, Math.max(0, columns - NARROWEST));
  const most = Math.max(NARROWEST, columns - depth);
  const lines: string[] = [];
  let line = '';
  let width = 0;
  let room = Math.max(NARROWEST, columns - first);
  const end = (): void => {
    lines.push(line);
    line = '';
    width = 0;
    room = most;
  };
  for (const word of text.split(/\s+/)) {
    const size = widthOf(word);
    if (line !== '' && width + 1 + size > room) end();
    if (line !== '') {
      line += ' ';
      width += 1;
    }
    if (size <= room - width) {
      line += word;
      width += size;
      continue;
    }
    for (const grapheme of graphemesOf(word)) {
      const step = widthOf(grapheme);
      if (width + step > room) end();
      line += grapheme;
      width += step;
    }
  }
  lines.push(line);
  return lines.join(`\n${' '.repeat(depth)}`);
};
