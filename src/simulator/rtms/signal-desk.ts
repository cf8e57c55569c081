import type { Clock } from '../../time/clock.ts';
import { addressesOf } from './addresses.ts';
import type { App } from './identify.ts';
import { identify } from './identify.ts';
import type { Life } from './life.ts';
import type { Line } from './line.ts';
import { becomeReady } from './readiness.ts';
import { now, offsetOf, type Stream } from './stream.ts';
import type { Troubles } from './troubles.ts';
import { type Fields, isFields, MESSAGE, SESSION_STATE, STOP, STREAM_STATE, statusWords } from './wire.ts';

export type DeskDeps = {
  readonly clock: Clock;
  readonly app: () => App;
  readonly streams: ReadonlyMap<string, Stream>;
  readonly life: Life;
  readonly troubles: Troubles;
  /** Where media are: `ws://127.0.0.1:8787`. */
  readonly base: () => string;
  readonly say: (text: string) => void;
};

/** Message 1: who is it, and may they? Returns the stream whose signalling this is from now on. */
export const admitSignal = (line: Line, asked: Fields | undefined, server: number, deps: DeskDeps) => {
  const { streams, app, clock, troubles, base, say } = deps;
  if (troubles.closes1000) {
    line.close();
    return undefined;
  }
  const found = asked?.msg_type === MESSAGE.signalRequest ? identify(asked, streams, app()) : 1;
  const refusal = troubles.refusalOf('signal') ?? (typeof found === 'number' ? found : busy(found));
  if (refusal !== undefined || typeof found === 'number') {
    const status = refusal ?? 1;
    line.send({
      msg_type: MESSAGE.signalAnswer,
      protocol_version: 1,
      sequence: sequenceOf(asked),
      status_code: status,
      reason: statusWords(status),
    });
    say(`an rtms client was refused: ${statusWords(status)} (${status})`);
    line.close();
    return undefined;
  }
  const stream = found;
  // The server that the stream has left is gone.
  if (server < stream.server) {
    line.cut();
    return undefined;
  }
  stream.signal = line;
  line.dress = stream.habits;
  if (!stream.hasBegun) stream.isBuffered = asked?.buffer_data !== false;
  if (!stream.isBuffered && !stream.hasBegun) stream.sent.audio = offsetOf(stream, clock);
  line.send({
    msg_type: MESSAGE.signalAnswer,
    protocol_version: 1,
    sequence: sequenceOf(asked),
    status_code: 0,
    reason: '',
    media_server: { server_urls: addressesOf(base(), stream) },
  });
  say(`an rtms client has taken stream ${stream.id}`);
  return stream;
};

const busy = ({ signal }: Stream): number | undefined => (signal === undefined ? undefined : 8);

export const sequenceOf = (asked: Fields | undefined): number =>
  typeof asked?.sequence === 'number' ? asked.sequence : 0;

/** What comes on an accepted signalling connection. */
export const hearSignal = (stream: Stream, line: Line, message: Fields | undefined, deps: DeskDeps): void => {
  const { clock, say, life } = deps;
  const timestamp = now(stream, clock);
  switch (message?.msg_type) {
    case MESSAGE.subscribe:
      if (!subscribe(stream, message.events)) say(`rtms: ${statusWords(42)} (42)`);
      return;
    case MESSAGE.clientReady:
      if (message.rtms_stream_id !== stream.id || stream.media.size === 0) say(`rtms: ${statusWords(41)} (41)`);
      else becomeReady(stream, clock);
      return;
    case MESSAGE.sessionStateRequest: {
      const isKnown = message.rtms_session_id === stream.sessionId;
      const state = stream.isPaused ? SESSION_STATE.paused : SESSION_STATE.started;
      return line.send({
        msg_type: MESSAGE.sessionStateAnswer,
        rtms_session_id: message.rtms_session_id,
        ...(isKnown ? { state } : { status_code: 40, reason: statusWords(40) }),
        timestamp,
      });
    }
    case MESSAGE.streamStateRequest: {
      const isKnown = message.rtms_stream_id === stream.id;
      const state = stream.isPaused ? STREAM_STATE.paused : STREAM_STATE.active;
      return line.send({
        msg_type: MESSAGE.streamStateAnswer,
        rtms_stream_id: message.rtms_stream_id,
        ...(isKnown ? { state } : { status_code: 2, reason: statusWords(2) }),
        timestamp,
      });
    }
    case MESSAGE.closeRequest: {
      const status = message.rtms_stream_id === stream.id ? 0 : 2;
      line.send({
        msg_type: MESSAGE.closeAnswer,
        rtms_stream_id: message.rtms_stream_id,
        status_code: status,
        reason: statusWords(status),
        timestamp,
      });
      if (status === 0) life.end(stream, STOP.receiverClosed);
      return;
    }
    case MESSAGE.videoRequest: {
      const status = chooseVideo(stream, message);
      return line.send({
        msg_type: MESSAGE.videoAnswer,
        user_id: message.user_id,
        status_code: status,
        reason: statusWords(status),
        timestamp,
      });
    }
    default:
      say(`an rtms client sent what signalling does not know: ${JSON.stringify(message)?.slice(0, 120)}`);
  }
};

/** Message 5; false where it is malformed. */
const subscribe = ({ subscribed }: Stream, events: unknown): boolean => {
  if (!Array.isArray(events)) return false;
  for (const one of events) {
    if (!isFields(one) || !Number.isInteger(one.event_type)) return false;
    if (one.subscribe === false) subscribed.delete(Number(one.event_type));
    else subscribed.add(Number(one.event_type));
  }
  return true;
};

const chooseVideo = (stream: Stream, { user_id, subscribe }: Fields): number => {
  const individual = [...stream.media].some(({ granted }) => granted.video?.data_opt === 4);
  if (!individual) return 29;
  const person = stream.script.people.findIndex(({ userId }) => String(userId) === String(user_id));
  if (person < 0) return 4;
  if (subscribe === false) {
    if (stream.videoOf === person) stream.videoOf = undefined;
    return 0;
  }
  if (stream.videoOf === person) return 44;
  stream.videoOf = person;
  return 0;
};
