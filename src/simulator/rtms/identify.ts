import { isSigned } from './signature.ts';
import type { Stream } from './stream.ts';
import type { Fields } from './wire.ts';

export type App = { readonly clientId: string; readonly clientSecret: string };

/**
 * The stream that a handshake is for, or the status that refuses it. Strict about ids and signature; a missing version or
 * sequence is forgiven, and so is the meeting's name for the id of another product, because clients in use do both.
 */
export const identify = (asked: Fields, streams: ReadonlyMap<string, Stream>, app: App): Stream | number => {
  const { rtms_stream_id, protocol_version, signature } = asked;
  const stream = typeof rtms_stream_id === 'string' ? streams.get(rtms_stream_id) : undefined;
  if (stream === undefined) return 2;
  if (protocol_version !== undefined && protocol_version !== 1) return 4;
  const given = [asked[stream.facts.idName], asked.meeting_uuid].filter((id) => id !== undefined);
  if (given.length === 0 || given.some((id) => id !== stream.of)) return 4;
  return isSigned(signature, app, stream.of, stream.id) ? stream : 3;
};
