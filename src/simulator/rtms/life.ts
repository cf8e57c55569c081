import type { Clock } from '../../time/clock.ts';
import { later } from '../later.ts';
import type { Line } from './line.ts';
import { EVENT } from './script.ts';
import { type MediaLine, now, type Stream } from './stream.ts';
import { type Fields, MESSAGE, SESSION_STATE, STOP, STREAM_STATE } from './wire.ts';

/** How long Zoom waits for a client to come back [Zoom, "Failover and reconnection"]. */
const SIGNAL_WAIT_MS = 60_000;
const MEDIA_WAIT_MS = 65_000;
/** Not stated; taken to be the same. */
const FIRST_WAIT_MS = 60_000;

export type LifeDeps = {
  readonly clock: Clock;
  /** Tells the event socket of something: `stopped`, `interrupted`. */
  readonly tell: (stream: Stream, what: 'stopped' | 'interrupted', fields?: Fields) => void;
  readonly say: (text: string) => void;
  /** Called once, when a stream has ended. */
  readonly onEnd: (stream: Stream) => void;
};

/** What becomes of a stream when connections come and go. */
export type Life = ReturnType<typeof createLife>;

export const createLife = ({ clock, tell, say, onEnd }: LifeDeps) => {
  const waits = new WeakMap<Stream, number>();

  const end = (stream: Stream, reason: number, isTold = true): void => {
    if (stream.over.signal.aborted) return;
    stream.over.abort();
    const timestamp = now(stream, clock);
    stream.signal?.send({
      msg_type: MESSAGE.sessionState,
      rtms_session_id: stream.sessionId,
      state: SESSION_STATE.stopped,
      stop_reason: reason,
      timestamp,
    });
    stream.signal?.send({ msg_type: MESSAGE.streamState, state: STREAM_STATE.terminated, reason, timestamp });
    for (const { line } of stream.media) line.close();
    stream.signal?.close();
    say(`rtms stream ${stream.id} has ended (reason ${reason})`);
    onEnd(stream);
    stream.isStopTold = isTold;
    if (isTold) tell(stream, 'stopped', { stop_reason: reason });
  };

  /** Ends the stream unless somebody is back in time. */
  const waitFor = (stream: Stream, ms: number, reason: number, isBack: () => boolean): void => {
    const mine = (waits.get(stream) ?? 0) + 1;
    waits.set(stream, mine);
    later(clock, ms, stream.over.signal, () => {
      if (!isBack() && waits.get(stream) === mine) end(stream, reason);
    });
  };
  const hasMedia = (stream: Stream) => stream.media.size > 0;
  /** Signalling is gone, and media with it. They may come back for a minute. */
  const interrupt = (stream: Stream, reason: number = STOP.reconnectTimeout): void => {
    const lines = [...[...stream.media].map(({ line }) => line), stream.signal];
    stream.signal = undefined;
    stream.subscribed.clear();
    stream.media.clear();
    for (const line of lines) line?.cut();
    say(`rtms stream ${stream.id} is interrupted; its client is waited for 60 s`);
    waitFor(stream, SIGNAL_WAIT_MS, reason, () => stream.signal !== undefined);
  };

  return {
    end,
    /** The clock runs for the first connection. */
    begun(stream: Stream): void {
      waitFor(stream, FIRST_WAIT_MS, STOP.connectionTimeout, () => stream.signal !== undefined);
    },
    interrupt,
    lostSignal(stream: Stream, line: Line, isKeepAlive: boolean): void {
      if (stream.signal !== line || stream.over.signal.aborted) return;
      interrupt(stream, isKeepAlive ? STOP.keepAliveTimeout : STOP.reconnectTimeout);
      tell(stream, 'interrupted');
    },
    lostMedia(stream: Stream, lost: MediaLine, isKeepAlive: boolean): void {
      if (!stream.media.delete(lost) || stream.over.signal.aborted) return;
      say(`rtms stream ${stream.id} has lost a media connection (${lost.media.join(', ')}); it is waited for 65 s`);
      const timestamp = now(stream, clock);
      stream.signal?.send({ msg_type: MESSAGE.event, event: { event_type: EVENT.mediaInterrupted, timestamp } });
      const reason = isKeepAlive ? STOP.keepAliveTimeout : STOP.reconnectTimeout;
      waitFor(stream, MEDIA_WAIT_MS, reason, () => hasMedia(stream));
    },
  };
};
