/** The signs that a page is drawn with. */
export type Glyphs = {
  /** From least to most; nothing at all is a space. */
  readonly levels: readonly string[];
  /** A bar's columns: a whole one, and the parts of one, from least to most. */
  readonly full: string;
  readonly parts: readonly string[];
  /** Somebody is there; only for a moment shorter than a column; and stays on. */
  readonly present: string;
  readonly moment: string;
  readonly onward: string;
  readonly gap: string;
  readonly ellipsis: string;
  readonly arrow: string;
};

const UNICODE: Glyphs = {
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  full: '█',
  parts: ['▏', '▎', '▍', '▌', '▋', '▊', '▉'],
  present: '━',
  moment: '╸',
  onward: '→',
  gap: '╳',
  ellipsis: '…',
  arrow: '→',
};

const ASCII: Glyphs = {
  levels: ['.', ':', '-', '=', '+', '*', '#', '@'],
  full: '#',
  parts: [],
  present: '=',
  moment: '-',
  onward: '>',
  gap: 'x',
  ellipsis: '.',
  arrow: '-',
};

export const glyphsFor = (unicode: boolean): Glyphs => (unicode ? UNICODE : ASCII);

/**
 * Whether the locale can show more than ASCII: the first of LC_ALL, LC_CTYPE and LANG that is set decides (POSIX, 8.2).
 * Where none is set, as in most containers, the terminal is as good as any today.
 */
export const usesUnicode = (env: Readonly<Record<string, string | undefined>>): boolean => {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8';
  return /utf-?8/i.test(locale) && env.TERM !== 'linux';
};
