import type { EpochMs } from '../time/clock.ts';
import type { Lifecycle } from './arrival.ts';

/** What happened to the connection, in the shape of Zoom's events, so that the same tools read it. */
type Facts = Readonly<Record<string, string | number | undefined>>;

/** Makes one `zoom_ws.*` event. Facts that are undefined are left out. */
export const lifecycle = (name: string, at: EpochMs, facts: Facts): Lifecycle => {
  const type = `zoom_ws.${name}`;
  return {
    kind: 'lifecycle',
    type,
    raw: JSON.stringify({ event: type, event_ts: at, payload: { object: facts } }),
    receivedAt: at,
  };
};

/** An instant as lifecycle events and notices write it: ISO 8601, UTC, with milliseconds. */
export const iso = (at: EpochMs): string => new Date(at).toISOString();
