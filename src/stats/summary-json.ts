import type { EpochMs } from '../time/clock.ts';
import type { Summary } from './summary.ts';

/** The summary as one JSON object on one line. */
export const summaryJson = ({ lagMs, gaps, ...summary }: Summary): string =>
  JSON.stringify({
    events: {
      total: summary.total,
      matched: summary.matched,
      by_type: Object.fromEntries(summary.types.map(({ type, count }) => [type, count])),
    },
    first: isoOf(summary.first),
    last: isoOf(summary.last),
    rate_per_s: summary.ratePerS ?? null,
    lag_ms: { p50: lagMs.p50 ?? null, p95: lagMs.p95 ?? null, max: lagMs.max ?? null },
    repeats: summary.repeats,
    out_of_order: summary.outOfOrder,
    gaps: { count: gaps.count, total_ms: gaps.totalMs },
    malformed_lines: summary.malformedLines,
  });

const isoOf = (at: EpochMs | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
