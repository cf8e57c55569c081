import type { Clock, EpochMs } from '../../time/clock.ts';
import type { Arrival } from '../arrival.ts';
import { iso, lifecycle } from './lifecycle.ts';

/** A time in which no connection was live: what happened then, Zoom does not send again. */
export type Gap = { readonly from: EpochMs; readonly to: EpochMs; readonly reason: string };

/** The account of when we were live: a gap exists only while no connection at all is. */
export type Ledger = {
  /** A connection was accepted. Answers with the gap that this ends, if there was one. */
  up(connection: object): Gap | undefined;
  /** A connection ended; `lastHeardAt` is the last moment it was known to live. */
  down(connection: object, lastHeardAt: EpochMs, reason: string): void;
  /** The run ends: a gap that is still open ends with it. */
  close(): void;
  isLive(): boolean;
  /** Whether a connection was ever accepted. */
  wasReady(): boolean;
  totals(): { readonly gaps: number; readonly gapMs: number };
};

/** `emit` takes the `zoom_ws.gap` events; `onLive` hears of each change between live and not live. */
export const createLedger = (
  clock: Pick<Clock, 'now'>,
  emit: (arrival: Arrival) => void,
  onLive: (isLive: boolean) => void,
): Ledger => {
  const live = new Set<object>();
  let ready = false;
  let lastKnownLive = 0;
  let open: { readonly from: EpochMs; readonly reason: string } | undefined;
  let gaps = 0;
  let totalMs = 0;

  const closeGap = (): Gap | undefined => {
    if (!open) return undefined;
    const to = Math.max(clock.now(), open.from);
    const gap: Gap = { ...open, to };
    open = undefined;
    gaps += 1;
    totalMs += to - gap.from;
    emit(lifecycle('gap', to, { from: iso(gap.from), to: iso(to), duration_ms: to - gap.from, reason: gap.reason }));
    return gap;
  };

  return {
    up(connection) {
      ready = true;
      live.add(connection);
      if (live.size === 1) onLive(true);
      return closeGap();
    },
    down(connection, lastHeardAt, reason) {
      if (!live.delete(connection)) return;
      lastKnownLive = Math.max(lastKnownLive, lastHeardAt);
      if (live.size > 0) return;
      open = { from: lastKnownLive, reason };
      onLive(false);
    },
    close() {
      closeGap();
    },
    isLive: () => live.size > 0,
    wasReady: () => ready,
    totals: () => ({ gaps, gapMs: totalMs }),
  };
};
