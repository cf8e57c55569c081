import { createPalette } from '../terminal/palette.ts';
import type { Meetings } from './meetings/meetings.ts';
import { glyphsFor } from './page/glyphs.ts';
import { meetingsPage } from './page/meetings-page.ts';
import { summaryPage } from './page/summary-page.ts';
import type { Summary } from './summary.ts';

export { createMeetings, type Meetings, type MeetingsBuilder } from './meetings/meetings.ts';
export { meetingsCsv } from './meetings/meetings-csv.ts';
export { meetingsJson } from './meetings/meetings-json.ts';
export { usesUnicode } from './page/glyphs.ts';
export { createSummary, type Summary, type SummaryBuilder } from './summary.ts';
export { summaryJson } from './summary-json.ts';

/** How a page is drawn: `unicode` as the locale allows, `columns` and `rows` of the terminal, or 80 and 24. */
export type PageStyle = {
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  /** How many types the summary lists; without it, as many as fit. */
  readonly top?: number | undefined;
  readonly unicode: boolean;
  readonly utc: boolean;
};

/** The summary as a page for people. */
export const renderSummary = async (summary: Summary, style: PageStyle): Promise<string> =>
  summaryPage(summary, { ...style, palette: await createPalette(style.color), glyphs: glyphsFor(style.unicode) });

/** Meetings and attendance as a page for people. */
export const renderMeetings = async (meetings: Meetings, style: PageStyle): Promise<string> =>
  meetingsPage(meetings, { ...style, palette: await createPalette(style.color), glyphs: glyphsFor(style.unicode) });
