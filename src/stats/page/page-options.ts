import type { Palette } from '../../terminal/palette.ts';
import type { Glyphs } from './glyphs.ts';

export type PageOptions = {
  readonly palette: Palette;
  readonly glyphs: Glyphs;
  /** The width of the terminal, or of a page where there is none. */
  readonly columns: number;
  readonly utc: boolean;
  /** The height of the terminal, which the summary fits. */
  readonly rows: number;
  /** How many types are listed; without it, as many as fit. */
  readonly top?: number | undefined;
};

/** Narrower, nothing can be drawn; wider, the eye loses the line. */
export const NARROWEST = 60;
export const WIDEST = 120;
