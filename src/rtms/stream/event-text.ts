import type { EpochMs } from '../../time/clock.ts';
import type { Fact } from '../wire/fact.ts';
import type { Fields } from '../wire/message.ts';
import type { StreamStart } from '../wire/start-event.ts';

/** One `rtms_stream.*` event, in the shape of Zoom's. */
export type StreamEvent = {
  readonly event: string;
  readonly event_ts: EpochMs;
  readonly payload: { readonly object: Fields };
};

/** What every event of a stream says of it; the product's id keeps the name that Zoom gave it. */
export const identityOf = ({ streamId, product, idName, id }: StreamStart): Fields => ({
  rtms_stream_id: streamId,
  product,
  [idName]: id,
});

/** Makes the event; what is undefined in its fields stays absent. */
export const streamEvent = (start: StreamStart, name: string, at: EpochMs, fields: Fields): StreamEvent => ({
  event: `rtms_stream.${name}`,
  event_ts: at,
  payload: { object: { ...identityOf(start), ...fields } },
});

/** The event of a fact; `base` is the stream's start, of which `offset_ms` is made, never below 0. */
export const eventOfFact = (
  start: StreamStart,
  { name, at, since, fields }: Fact & { readonly kind: 'event' },
  base: EpochMs | undefined,
  now: EpochMs,
): StreamEvent => {
  const offset_ms = base === undefined || since === undefined ? undefined : Math.max(0, since - base);
  return streamEvent(start, name, at ?? now, { ...fields, offset_ms });
};
