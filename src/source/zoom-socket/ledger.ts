import type { Arrival } from '../../event/arrival.ts';
import { iso, lifecycle } from '../../event/lifecycle.ts';
import type { Clock, EpochMs } from '../../time/clock.ts';
import { createElapsed } from '../../time/elapsed.ts';
import { createLives, type Span } from './lives.ts';

/** A time in which no connection was live: what happened then, Zoom does not send again. */
export type Gap = { readonly from: EpochMs; readonly to: EpochMs; readonly reason: string };

/** What the account needs of a connection. */
type Lived = {
  /** How long ago it was last known to live, in milliseconds. */
  silentMs(): number;
  /** The one that took its place in the moment in which it was let go, if there is one. */
  heir?(): Lived | undefined;
};

/** The account of when we were live: a gap exists only while no connection at all is. */
export type Ledger = {
  /** A connection was accepted. Answers with the gap that this ends, if there was one. */
  up(connection: Lived): Gap | undefined;
  /**
   * A connection ended. Answers with gaps that come to light only now: times for which it was counted on, but dead, and
   * no other was live.
   */
  down(connection: Lived, reason: string): readonly Gap[];
  /**
   * Whether a gap is held back: it ends where a connection was accepted of which nothing was heard since, and may turn out
   * to go on behind it.
   */
  isHolding(): boolean;
  /** Records and answers with what need not be held back any longer; `all`: whatever is. */
  settle(all: boolean): readonly Gap[];
  /** The run ends: a gap that is still open ends with it. */
  close(): void;
  isLive(): boolean;
  /** Whether a connection was ever accepted. */
  wasReady(): boolean;
  totals(): { readonly gaps: number; readonly gapMs: number };
};

/** `emit` takes the `zoom_ws.gap` events; `onLive` hears of each change between live and not live. */
export const createLedger = (
  clock: Pick<Clock, 'now' | 'monotonic'>,
  emit: (arrival: Arrival) => void,
  onLive: (isLive: boolean) => void,
): Ledger => {
  const elapsed = createElapsed(clock);
  const lives = createLives<Lived>();
  let open: { readonly from: number; readonly reason: string } | undefined;
  /** Gaps that end where a connection was accepted of which nothing was heard since: perhaps they go on behind it. */
  let held: { readonly span: Span; readonly reason: string; readonly by: Lived }[] = [];
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

  const letGo = (now: number, all = false): Gap[] => {
    const ended = held.filter(({ span, by }) => all || lives.unheardSince(span[1], now) !== by);
    held = held.filter((one) => !ended.includes(one));
    return ended.map(({ span, reason }) => record(span, reason));
  };

  return {
    up(connection) {
      ready = true;
      lives.begin(connection, elapsed(), connection.silentMs());
      if (lives.living() === 1) onLive(true);
      return closeGap();
    },
    down(connection, reason) {
      const now = elapsed();
      const bare = lives.end(connection, now, now - connection.silentMs(), connection.heir?.());
      if (bare === undefined) return [];
      // What borders on this one's life, which proves to be none, is one with what follows it.
      const spans = bare.map(([from, to]): Span => {
        const before = held.find(({ by, span }) => by === connection && span[1] === from);
        if (before) held = held.filter((one) => one !== before);
        return [before?.span[0] ?? from, to];
      });
      const found = letGo(now);
      for (const span of spans) {
        const by = lives.unheardSince(span[1], now);
        if (by) held.push({ span, reason, by });
        else if (span[1] < now || lives.living() > 0) found.push(record(span, reason));
      }
      if (lives.living() > 0) return found;
      // What reaches until now goes on, and is one gap with what follows.
      const last = spans.at(-1);
      open = { from: last?.[1] === now ? last[0] : now, reason };
      onLive(false);
      return found;
    },
    isHolding: () => held.length > 0,
    settle: (all) => letGo(elapsed(), all),
    close() {
      letGo(elapsed(), true);
      closeGap();
    },
    isLive: () => lives.living() > 0,
    wasReady: () => ready,
    totals: () => ({ gaps, gapMs: totalMs }),
  };
};
