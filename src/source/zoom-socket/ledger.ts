import type { Arrival } from '../../event/arrival.ts';
import { iso, lifecycle } from '../../event/lifecycle.ts';
import type { Clock, EpochMs } from '../../time/clock.ts';
import { createElapsed } from '../../time/elapsed.ts';

/** A time in which no connection was live: what happened then, Zoom does not send again. */
export type Gap = { readonly from: EpochMs; readonly to: EpochMs; readonly reason: string };

/** What the account needs of a connection. */
type Lived = { silentMs(): number };

/** The account of when we were live: a gap exists only while no connection at all is. */
export type Ledger = {
  /** A connection was accepted. Answers with the gap that this ends, if there was one. */
  up(connection: Lived): Gap | undefined;
  /**
   * A connection ended. Answers with gaps that come to light only now: times for which it was counted on, but dead, and
   * no other was live.
   */
  down(connection: Lived, reason: string): readonly Gap[];
  /** The run ends: a gap that is still open ends with it. */
  close(): void;
  isLive(): boolean;
  /** Whether a connection was ever accepted. */
  wasReady(): boolean;
  totals(): { readonly gaps: number; readonly gapMs: number };
};

/** From, to, in milliseconds as `createElapsed` counts them. */
type Span = readonly [number, number];

/** `emit` takes the `zoom_ws.gap` events; `onLive` hears of each change between live and not live. */
export const createLedger = (
  clock: Pick<Clock, 'now' | 'monotonic'>,
  emit: (arrival: Arrival) => void,
  onLive: (isLive: boolean) => void,
): Ledger => {
  const elapsed = createElapsed(clock);
  const live = new Map<Lived, number>();
  /** The proven lives of connections that ended, as far back as a living one may turn out to have been dead. */
  let past: Span[] = [];
  let open: { readonly from: number; readonly reason: string } | undefined;
  let ready = false;
  let gaps = 0;
  let totalMs = 0;

  const record = ([from, to]: Span, reason: string): Gap => {
    const end = Math.round(clock.now() - (elapsed() - to));
    const ms = Math.round(to - from);
    const gap: Gap = { from: end - ms, to: end, reason };
    gaps += 1;
    totalMs += ms;
    emit(lifecycle('gap', clock.now(), { from: iso(gap.from), to: iso(gap.to), duration_ms: ms, reason }));
    return gap;
  };
  const closeGap = (): Gap | undefined => {
    const gap = open && record([open.from, elapsed()], open.reason);
    open = undefined;
    return gap;
  };

  return {
    up(connection) {
      ready = true;
      live.set(connection, elapsed());
      if (live.size === 1) onLive(true);
      return closeGap();
    },
    down(connection, reason) {
      const since = live.get(connection);
      if (since === undefined) return [];
      live.delete(connection);
      const now = elapsed();
      // That it was accepted is proof of life too.
      const heardAt = Math.max(since, now - connection.silentMs());
      past.push([since, heardAt]);
      const covered: Span[] = [...past, ...[...live.values()].map((from): Span => [from, now])];
      const until = Math.max(...covered.map(([, to]) => to));
      const found = holes([heardAt, until], covered).map((hole) => record(hole, reason));
      if (live.size === 0) {
        open = { from: until, reason };
        onLive(false);
      }
      const oldest = Math.min(now, ...[...live.keys()].map((other) => now - other.silentMs()));
      past = past.filter(([, to]) => to >= oldest);
      return found;
    },
    close() {
      closeGap();
    },
    isLive: () => live.size > 0,
    wasReady: () => ready,
    totals: () => ({ gaps, gapMs: totalMs }),
  };
};

/** What of a span no other span covers, to the millisecond. */
const holes = ([from, to]: Span, covered: readonly Span[]): Span[] => {
  const found: Span[] = [];
  let at = from;
  for (const [start, end] of covered.toSorted(([a], [b]) => a - b)) {
    if (start >= at + 1 && start <= to) found.push([at, start]);
    at = Math.max(at, end);
  }
  return at + 1 <= to ? [...found, [at, to]] : found;
};
