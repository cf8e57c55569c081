import type { EpochMs } from '../time/clock.ts';

/** Twice as many as a wide terminal has columns, so that halving them still draws well. */
const SLOTS = 512;

/** Counts over time, in slots of equal width, side by side for several series. */
export type Timeline = {
  add(series: string, at: EpochMs): void;
  /** The counts of one series from the first slot of all to the last. */
  counts(series: string): readonly number[];
  /** From the beginning of the first slot to the end of the last; undefined without data. */
  span(): { readonly from: EpochMs; readonly to: EpochMs } | undefined;
};

/**
 * Counts in bounded memory without knowing the span beforehand: the slots begin at a millisecond, and two become one
 * whenever there are too many. Times may come in any order.
 */
export const createTimeline = (): Timeline => {
  const all = new Map<string, Map<number, number>>();
  let width = 1;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const widen = () => {
    width *= 2;
    first = Math.floor(first / 2);
    last = Math.floor(last / 2);
    for (const [name, slots] of all) {
      const wider = new Map<number, number>();
      for (const [slot, count] of slots) increase(wider, Math.floor(slot / 2), count);
      all.set(name, wider);
    }
  };
  return {
    add(series, at) {
      const slot = Math.floor(at / width);
      first = Math.min(first, slot);
      last = Math.max(last, slot);
      increase(slotsOf(all, series), slot, 1);
      while (last - first >= SLOTS) widen();
    },
    counts(series) {
      const slots = all.get(series);
      return slots === undefined ? [] : Array.from({ length: last - first + 1 }, (_, at) => slots.get(first + at) ?? 0);
    },
    span: () => (last < first ? undefined : { from: first * width, to: (last + 1) * width }),
  };
};

const slotsOf = (all: Map<string, Map<number, number>>, series: string): Map<number, number> => {
  const known = all.get(series) ?? new Map<number, number>();
  all.set(series, known);
  return known;
};

const increase = (slots: Map<number, number>, slot: number, by: number): void => {
  slots.set(slot, (slots.get(slot) ?? 0) + by);
};
