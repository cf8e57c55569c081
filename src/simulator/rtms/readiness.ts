import type { Clock } from '../../time/clock.ts';
import { EVENT } from './script.ts';
import { offsetOf, type Stream, stamp } from './stream.ts';
import { MESSAGE, SESSION_STATE, STREAM_STATE } from './wire.ts';

/** Older audio than this is not kept for a client that is away [Zoom, "Work with streams"]. */
const BUFFER_MS = 60_000;

/** Message 7: every media connection that was accepted before it may flow from now on. */
export const becomeReady = (stream: Stream, clock: Clock): void => {
  const offset = offsetOf(stream, clock);
  const { sent, signal } = stream;
  for (const mine of stream.media) {
    if (mine.isReady) continue;
    mine.isReady = true;
    for (const kind of mine.media) {
      sent[kind] = kind === 'audio' ? Math.max(sent.audio, offset - BUFFER_MS) : offset;
    }
  }
  if (stream.hasBegun) return;
  stream.hasBegun = true;
  const timestamp = stamp(stream, offset);
  signal?.send({
    msg_type: MESSAGE.sessionState,
    rtms_session_id: stream.sessionId,
    state: SESSION_STATE.started,
    timestamp,
  });
  signal?.send({ msg_type: MESSAGE.streamState, state: STREAM_STATE.active, reason: 0, timestamp });
  const first = stamp(stream, stream.isBuffered ? 0 : offset);
  signal?.send({ msg_type: MESSAGE.event, event: { event_type: EVENT.firstPacket, timestamp: first } });
};
