/** How many distinct values are counted one by one; it takes a few MiB. */
const EXACT_VALUES = 2 ** 16;
/** Bits of a value that are kept beyond that: off by less than one part in 1024. */
const KEPT_BITS = 10;

export type LagHistogram = {
  /** Counts a lag; whole milliseconds, negative where clocks disagree. */
  add(ms: number): void;
  /** The nearest-rank percentile: the smallest lag that at least this share of all is not above. Undefined without data. */
  percentile(share: number): number | undefined;
  max(): number | undefined;
};

/**
 * Percentiles in bounded memory. Exact up to 65,536 distinct lags; beyond that each lag is rounded to 10 significant bits
 * first, so that a percentile is off by at most 0.1 %. The maximum is exact always.
 */
export const createLagHistogram = (): LagHistogram => {
  let counts = new Map<number, number>();
  let coarse = false;
  let total = 0;
  let max: number | undefined;
  const count = (value: number, times: number) => counts.set(value, (counts.get(value) ?? 0) + times);
  const coarsen = () => {
    const before = counts;
    counts = new Map();
    coarse = true;
    for (const [value, times] of before) count(rounded(value), times);
  };
  return {
    add(ms) {
      total += 1;
      max = max === undefined ? ms : Math.max(max, ms);
      count(coarse ? rounded(ms) : ms, 1);
      if (!coarse && counts.size > EXACT_VALUES) coarsen();
    },
    percentile(share) {
      let seen = 0;
      for (const [value, times] of [...counts].sort(([a], [b]) => a - b)) {
        seen += times;
        if (seen >= share * total) return Math.min(value, max ?? value);
      }
      return undefined;
    },
    max: () => max,
  };
};

const rounded = (value: number): number => {
  const unit = 2 ** Math.max(0, Math.floor(Math.log2(Math.abs(value) || 1)) - KEPT_BITS + 1);
  return Math.round(value / unit) * unit;
};
