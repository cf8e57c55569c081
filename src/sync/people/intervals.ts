import type { EpochMs } from '../../time/clock.ts';

export type Interval = { readonly from: EpochMs; readonly to: EpochMs };

/** How long somebody was there at all, in milliseconds: what overlaps or touches counts once. */
export const unionMs = (intervals: readonly Interval[]): number => {
  let total = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, covered));
    covered = Math.max(covered, to);
  }
  return total;
};
