import type { EpochMs } from '../../time/clock.ts';

const DAY_MS = 86_400_000;
/** A report covers a month at most [Zoom's documentation, reports]; 28 days are one in every month. */
const STEP_DAYS = 28;

/** The spans, in days of UTC and oldest first, that cover a window. A day on a border is in one span only. */
export const monthsOf = (since: EpochMs, until: EpochMs): readonly { readonly from: string; readonly to: string }[] => {
  const day = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);
  const spans: { from: string; to: string }[] = [];
  // Sessions of the evening before may have ended in the window: a report goes by beginnings.
  const last = Math.floor(until / DAY_MS) * DAY_MS;
  for (let from = Math.floor(since / DAY_MS) * DAY_MS - DAY_MS; from <= last; from += STEP_DAYS * DAY_MS) {
    spans.push({ from: day(from), to: day(Math.min(last, from + (STEP_DAYS - 1) * DAY_MS)) });
  }
  return spans;
};
