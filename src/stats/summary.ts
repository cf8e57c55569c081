import type { Arrival, Delivery } from '../event/arrival.ts';
import { eventTs } from '../event/event-facts.ts';
import { identityText } from '../event/identity.ts';
import { createDedupe } from '../flow/dedupe.ts';
import type { EpochMs } from '../time/clock.ts';
import { type Gap, gapOf } from './gap.ts';
import { createLagHistogram } from './lag-histogram.ts';
import { createTimeline } from './timeline.ts';

/** What is said of a stream of events; all but `total` and `malformedLines` is over those that the filters let through. */
export type Summary = {
  readonly total: number;
  readonly matched: number;
  /** The most frequent first; of equal ones in the order of the alphabet. `overTime` has equal slots from `span`. */
  readonly types: readonly { readonly type: string; readonly count: number; readonly overTime: readonly number[] }[];
  readonly overTime: readonly number[];
  readonly span: { readonly from: EpochMs; readonly to: EpochMs } | undefined;
  readonly first: EpochMs | undefined;
  readonly last: EpochMs | undefined;
  readonly ratePerS: number | undefined;
  readonly lagMs: Readonly<Record<'p50' | 'p95' | 'max', number | undefined>>;
  readonly repeats: number;
  readonly outOfOrder: number;
  readonly gaps: { readonly count: number; readonly totalMs: number; readonly drawn: readonly Gap[] };
  readonly malformedLines: number;
};

export type SummaryBuilder = {
  /** Takes an event that the filters let through, or a lifecycle event, in the order received. */
  add(arrival: Arrival): void;
  finish(counted: { readonly total: number; readonly malformedLines?: number }): Summary;
};

/** Zoom has some 300 types; beyond this many a file is made to burst, and further ones are counted together. */
const TYPES = 4096;
const OTHER_TYPES = '(other types)';
const ALL = '';
/** What a terminal can draw; counted are all. */
const GAPS_DRAWN = 1000;

/**
 * One pass, constant memory. An exact repeat is recognised as long as no more than 262,144 other events came in between.
 * Times are those of receipt, else `event_ts`; lag is the difference of the two.
 */
export const createSummary = (): SummaryBuilder => {
  const types = new Map<string, number>();
  const timeline = createTimeline();
  const lags = createLagHistogram();
  // On a clock that stands still nothing is forgotten for its age.
  const dedupe = createDedupe({ monotonic: () => 0 });
  const gaps = { count: 0, totalMs: 0, drawn: [] as Gap[] };
  let matched = 0;
  let repeats = 0;
  let outOfOrder = 0;
  let first: EpochMs | undefined;
  let last: EpochMs | undefined;
  let latestTs = Number.NEGATIVE_INFINITY;

  const addEvent = (event: Delivery): void => {
    const { type: name, receivedAt } = event;
    matched += 1;
    const type = types.has(name) || types.size < TYPES ? name : OTHER_TYPES;
    types.set(type, (types.get(type) ?? 0) + 1);
    if (dedupe.isRepeat(identityText(event))) repeats += 1;
    const ts = eventTs(event);
    if (ts !== undefined && ts < latestTs) outOfOrder += 1;
    latestTs = Math.max(latestTs, ts ?? latestTs);
    if (ts !== undefined && receivedAt !== undefined) lags.add(Math.round(receivedAt - ts));
    const at = receivedAt ?? ts;
    if (at === undefined || !isDate(at)) return;
    first = Math.min(first ?? at, at);
    last = Math.max(last ?? at, at);
    timeline.add(ALL, at);
    timeline.add(`=${type}`, at);
  };

  const addGap = (gap: Gap): void => {
    gaps.count += 1;
    gaps.totalMs += gap.durationMs;
    if (gaps.drawn.length < GAPS_DRAWN) gaps.drawn.push(gap);
  };

  return {
    add(arrival) {
      if (arrival.kind === 'event') addEvent(arrival);
      const gap = arrival.kind === 'lifecycle' ? gapOf(arrival) : undefined;
      if (gap) addGap(gap);
    },
    finish: (counted) => ({
      total: counted.total,
      matched,
      types: [...types]
        .sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1))
        .map(([type, count]) => ({ type, count, overTime: timeline.counts(`=${type}`) })),
      overTime: timeline.counts(ALL),
      span: timeline.span(),
      first,
      last,
      ratePerS: rateOf(matched, first, last),
      lagMs: { p50: lags.percentile(0.5), p95: lags.percentile(0.95), max: lags.max() },
      repeats,
      outOfOrder,
      gaps,
      malformedLines: counted.malformedLines ?? 0,
    }),
  };
};

/** Events per second between the first and the last; undefined where no time passed between them. */
const rateOf = (events: number, first: EpochMs | undefined, last: EpochMs | undefined): number | undefined =>
  first === undefined || last === undefined || last === first ? undefined : (events * 1000) / (last - first);

/** `event_ts` may be any number; what is no date has no place on a time line. */
const isDate = (at: number): boolean => !Number.isNaN(new Date(at).getTime());
