import { gunzipSync } from 'node:zlib';
import type { JsMsg } from '@nats-io/jetstream';
import type { Arrival } from '../../event/arrival.ts';
import { lifecycle } from '../../event/lifecycle.ts';
import type { EpochMs } from '../../time/clock.ts';

/** Compressed events are unpacked to at most this: as much as one frame from Zoom may hold. */
const LARGEST = 64 * 1024 * 1024;

/** A message of the stream as what it was when it was published. Whatever anyone has put there, it never throws. */
export const toArrival = (message: JsMsg, prefix: string, now: EpochMs): Arrival => {
  const header = (name: string): string => message.headers?.get(name) ?? '';
  const text = textOf(message, header('Content-Encoding'));
  const event = text === undefined ? undefined : eventIn(text);
  if (text === undefined || event === undefined) {
    const why = 'a message of the stream that is no event';
    return lifecycle('malformed', now, { why, frame: (text ?? '').slice(0, 1_000), stream_seq: message.seq });
  }
  const receivedAt = timeOf(header('Zoom-Ws-Received-At')) ?? new Date(message.time).getTime();
  if (message.subject.startsWith(`${prefix}.zoom_ws.`)) {
    return { kind: 'lifecycle', type: event, raw: text, receivedAt };
  }
  return {
    kind: 'event',
    raw: text,
    type: event,
    receivedAt,
    subscription: header('Zoom-Ws-Subscription'),
    stored: { seq: message.seq, redelivered: message.redelivered },
  };
};

const textOf = (message: JsMsg, encoding: string): string | undefined => {
  try {
    const bytes = encoding === 'gzip' ? gunzipSync(message.data, { maxOutputLength: LARGEST }) : message.data;
    return Buffer.from(bytes).toString();
  } catch {
    return undefined;
  }
};

/** The `event` of an event's text, empty where it names none; undefined for what is no JSON object on one line. */
const eventIn = (text: string): string | undefined => {
  if (!text.startsWith('{') || /[\r\n]/.test(text) || !text.isWellFormed()) return undefined;
  try {
    const { event } = JSON.parse(text) as { readonly event?: unknown };
    return typeof event === 'string' ? event : '';
  } catch {
    return undefined;
  }
};

const timeOf = (text: string): EpochMs | undefined => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
};
