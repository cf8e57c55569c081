import type { Arrival } from '../event/arrival.ts';
import { createSummary, type SummaryBuilder } from '../stats/index.ts';

/** What the events say of how they are delivered. */
export type Figures = {
  readonly events: number;
  /** Exact repeats, and events older than one that came before, each within one subscription. */
  readonly repeats: number;
  readonly outOfOrder: number;
  /** Undefined where no event has both times. */
  readonly lagMs: Readonly<Record<'p50' | 'p95' | 'max', number | undefined>>;
};

export type Semantics = {
  add(arrival: Arrival): void;
  figures(): Figures;
};

/** Several subscriptions each bring a copy of an event: that is no repeat. Beyond this many they are counted together. */
const MOST_SUBSCRIPTIONS = 64;

/** Counts in one pass and in bounded memory. */
export const createSemantics = (): Semantics => {
  const all = createSummary();
  const each = new Map<string, SummaryBuilder>();
  const builderFor = (subscription: string): SummaryBuilder => {
    const name = each.has(subscription) || each.size < MOST_SUBSCRIPTIONS ? subscription : '';
    const builder = each.get(name) ?? createSummary();
    each.set(name, builder);
    return builder;
  };
  return {
    add(arrival) {
      if (arrival.kind !== 'event') return;
      all.add(arrival);
      builderFor(arrival.subscription).add(arrival);
    },
    figures() {
      const { matched: events, lagMs } = all.finish({ total: 0 });
      const parts = [...each.values()].map((builder) => builder.finish({ total: 0 }));
      const sum = (of: 'repeats' | 'outOfOrder') => parts.reduce((total, part) => total + part[of], 0);
      return { events, lagMs, repeats: sum('repeats'), outOfOrder: sum('outOfOrder') };
    },
  };
};
