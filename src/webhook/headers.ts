import type { Secret } from '../secret.ts';
import { signatureOf } from './signature.ts';

/** Names of headers, as Zoom and the handlers for its webhooks spell them. */
export const SIGNATURE = 'x-zm-signature';
export const TIMESTAMP = 'x-zm-request-timestamp';
export const REQUEST_ID = 'x-zm-request-id';

export const CONTENT_TYPE = 'application/json; charset=utf-8';

/** The headers that prove who sends: a time, in whole seconds, and the signature over it and the body. */
export const signed = (
  secret: Secret | undefined,
  body: Uint8Array | string,
  atMs: number,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(atMs / 1000));
  if (secret === undefined) return { [TIMESTAMP]: timestamp };
  return { [TIMESTAMP]: timestamp, [SIGNATURE]: signatureOf(secret, timestamp, body) };
};

/** A request id made of an event's id (16 hex digits), in the form of Zoom's own: the same for each attempt. */
export const requestIdOf = (eventId: string): string =>
  `${eventId.slice(0, 8)}-${eventId.slice(8, 12)}-4${eventId.slice(13, 16)}-8000-${eventId.slice(0, 12)}`;
