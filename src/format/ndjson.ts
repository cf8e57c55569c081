import type { Delivery } from '../event/arrival.ts';
import { eventId, eventTs } from '../event/event-facts.ts';
import type { Format } from './format.ts';

/** One event per line, exactly as Zoom sent it; with `meta`, one more top-level key, last. */
export const createNdjson = ({ meta }: { readonly meta: boolean }): Format => ({
  isVerbatim: !meta,
  event: meta ? (delivery, seq) => withMeta(delivery.raw, metaOf(delivery, seq)) : ({ raw }) => raw,
  lifecycle: ({ raw, receivedAt }) =>
    meta && receivedAt !== undefined ? withMeta(raw, `{"received_at":"${new Date(receivedAt).toISOString()}"}`) : raw,
  control: ({ frame }) => frame,
});

/** The `_meta` of one event that is emitted as number `seq`, as JSON text: the recorded one, if there is one. */
const metaOf = (event: Delivery, seq: number): string => {
  const { receivedAt, subscription, meta, maskedId } = event;
  if (meta !== undefined) return maskedId === undefined ? meta : noteMasking(meta, maskedId);
  const at = receivedAt === undefined ? 'null' : `"${new Date(receivedAt).toISOString()}"`;
  const ts = eventTs(event);
  const lag = receivedAt === undefined || ts === undefined ? 'null' : Math.round(receivedAt - ts);
  const request = event.requestId === undefined ? '' : `,"request_id":${JSON.stringify(event.requestId)}`;
  const stored =
    event.stored === undefined
      ? ''
      : `,"stream_seq":${event.stored.seq}${event.stored.redelivered ? ',"redelivered":true' : ''}`;
  const masked = maskedId === undefined ? '' : ',"redacted":true';
  return `{"id":"${eventId(event)}","received_at":${at},"lag_ms":${lag},"subscription":${JSON.stringify(subscription)},"seq":${seq}${request}${stored}${masked}}`;
};

/** A recorded `_meta` for a text that was masked afterwards: its id is that of the text before. */
const noteMasking = (meta: string, id: string): string =>
  JSON.stringify({ ...(JSON.parse(meta) as object), id, redacted: true });

/** Puts `_meta` in as the last key; everything that stood there stays as it stood. */
const withMeta = (raw: string, meta: string): string => {
  const end = raw.lastIndexOf('}');
  // Only in an empty object does the last brace follow the first.
  const comma = raw.slice(0, end).trimEnd().endsWith('{') ? '' : ',';
  return `${raw.slice(0, end)}${comma}"_meta":${meta}${raw.slice(end)}`;
};
