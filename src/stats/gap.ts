import type { Lifecycle } from '../event/arrival.ts';
import type { EpochMs } from '../time/clock.ts';

/** A time in which nothing could be received. */
export type Gap = { readonly from: EpochMs; readonly to: EpochMs; readonly durationMs: number };

const GAP = 'zoom_ws.gap';

/** The gap that a lifecycle event tells of; undefined for any other, and where it does not say how long it was. */
export const gapOf = ({ type, raw }: Lifecycle): Gap | undefined => {
  if (type !== GAP) return undefined;
  const object = objectOf(raw);
  const from = Date.parse(String(object.from));
  const to = Date.parse(String(object.to));
  const durationMs = typeof object.duration_ms === 'number' ? object.duration_ms : to - from;
  return Number.isFinite(durationMs) && durationMs >= 0 ? { from, to, durationMs } : undefined;
};

const objectOf = (raw: string): Readonly<Record<string, unknown>> => {
  const { payload } = JSON.parse(raw) as { payload?: { object?: unknown } | null };
  const object = payload?.object;
  return typeof object === 'object' && object !== null ? (object as Readonly<Record<string, unknown>>) : {};
};
