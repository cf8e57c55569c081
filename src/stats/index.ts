import { createPalette } from '../format/palette.ts';
import { glyphsFor } from './page/glyphs.ts';
import { summaryPage } from './page/summary-page.ts';
import type { Summary } from './summary.ts';

export { usesUnicode } from './page/glyphs.ts';
export { createSummary, type Summary, type SummaryBuilder } from './summary.ts';
export { summaryJson } from './summary-json.ts';

/** How a page is drawn: `unicode` as the locale allows, `columns` of the terminal or 80. */
export type PageStyle = {
  readonly color: boolean;
  readonly columns: number;
  readonly unicode: boolean;
  readonly utc: boolean;
};

/** The summary as a page for people. */
export const renderSummary = async (summary: Summary, style: PageStyle): Promise<string> =>
  summaryPage(summary, { ...style, palette: await createPalette(style.color), glyphs: glyphsFor(style.unicode) });
