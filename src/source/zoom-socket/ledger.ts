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
      lives.begin(connection, elapsed(), connection.silentMs());
      if (lives.living() === 1) onLive(true);
      return closeGap();
    },
    down(connection, reason) {
      const now = elapsed();
      const bare = lives.end(connection, now, now - connection.silentMs(), connection.heir?.());
      if (bare === undefined) return [];
      if (lives.living() > 0) return bare.map((span) => record(span, reason));
      // What reaches until now goes on, and is one gap with what follows.
      const last = bare.at(-1);
      const isOpen = last !== undefined && last[1] === now;
      open = { from: isOpen ? last[0] : now, reason };
      onLive(false);
      return (isOpen ? bare.slice(0, -1) : bare).map((span) => record(span, reason));
    },
    close() {
      closeGap();
    },
    isLive: () => lives.living() > 0,
    wasReady: () => ready,
    totals: () => ({ gaps, gapMs: totalMs }),
  };
};
