import { CLOSED_BY_US, MEDIA_INTERRUPTED, MESSAGE, REVOKED, stopReasonOf } from '../wire/codes.ts';
import type { Message } from '../wire/message.ts';
import { readData } from '../wire/read-data.ts';
import { isUnknown, readEvent, readSessionState, STREAM_STATE } from '../wire/read-news.ts';
import { closeWords } from './handshake.ts';
import { openMediaDesk } from './media-desk.ts';
import type { Identity, StreamEnd, StreamParts } from './parts.ts';
import type { OnMessage, RtmsSocket } from './socket.ts';
import { subscriptionsFor } from './subscriptions.ts';
import { createVideoChoice } from './video-choice.ts';

/** How one signalling connection ended: the stream with it, or only the connection. */
export type LifeEnd =
  | { readonly kind: 'ended'; readonly end: StreamEnd }
  | { readonly kind: 'lost'; readonly why: string };

export type SignalLife = {
  readonly ended: Promise<LifeEnd>;
  /** For what comes on the signalling socket. */
  readonly onMessage: OnMessage;
  /** Begins once message 2 has accepted us. */
  begin(socket: RtmsSocket, answer: Message): void;
  lose(why: string): void;
  end(end: StreamEnd): void;
};

/** How long the media sockets may take to bring what is left, and to close. */
const LAST_DATA_MS = 1_000;

/** Everything between the acceptance of one signalling connection and its end: media, events, states. */
export const createSignalLife = (identity: Identity, parts: StreamParts): SignalLife => {
  const { start, ears, wishes, world } = parts;
  const over = new AbortController();
  const signal = AbortSignal.any([parts.signal, over.signal]);
  let settle: (end: LifeEnd) => void = () => {};
  const ended = new Promise<LifeEnd>((resolve) => {
    settle = resolve;
  });
  let socket: RtmsSocket | undefined;
  let mediaClosed: () => Promise<unknown> = async () => {};
  let reconnectMedia: (reason: string) => void = () => {};
  let sessionReason: number | undefined;
  let isEnding = false;
  const video = createVideoChoice(parts, (message) => socket?.send(message));

  const finish = (end: LifeEnd): void => {
    if (over.signal.aborted) return;
    over.abort();
    socket?.close();
    const isRevoked = end.kind === 'ended' && end.end.how === 'stopped' && end.end.reason === REVOKED;
    if (end.kind === 'lost' || isRevoked) return settle(end);
    // What was sent before the end may still be on its way, on other sockets.
    const patience = new AbortController();
    Promise.race([mediaClosed(), world.clock.sleep(LAST_DATA_MS, patience.signal).catch(() => {})]).then(() => {
      patience.abort();
      settle(end);
    });
  };
  const stop = (reason: number | undefined): void => finish({ kind: 'ended', end: { how: 'stopped', reason } });

  const onMessage: OnMessage = (message, data) => {
    const { type, fields } = message;
    if (type >= MESSAGE.audio && type <= MESSAGE.chat) {
      const fact = readData(message, data, world.clock.now());
      if (fact) {
        video.onFact(fact);
        ears.onFact(fact);
      }
      return;
    }
    switch (type) {
      case MESSAGE.event: {
        const facts = readEvent(message, start.product);
        if (facts === 'media-interrupted') return reconnectMedia('Zoom says that it was interrupted');
        for (const fact of facts) {
          video.onFact(fact);
          ears.onFact(fact);
        }
        return;
      }
      case MESSAGE.streamState: {
        const state = Number(fields.state);
        const reason = stopReasonOf(fields.reason ?? fields.stop_reason);
        if (state === STREAM_STATE.terminated) return stop(reason ?? sessionReason);
        if (state === STREAM_STATE.terminating) isEnding = true;
        if (state === STREAM_STATE.paused || state === STREAM_STATE.resumed)
          ears.onPaused(state === STREAM_STATE.paused);
        if (state !== STREAM_STATE.interrupted) return;
        if (reason === MEDIA_INTERRUPTED) return reconnectMedia('Zoom says that it was interrupted');
        return finish({ kind: 'lost', why: 'Zoom says that it was interrupted' });
      }
      case MESSAGE.sessionState: {
        const fact = readSessionState(message);
        if (fact === undefined) return;
        const { state, stop_reason } = fact.fields;
        if (state === 'paused' || state === 'resumed') ears.onPaused(state === 'paused');
        if (state === 'stopped') sessionReason = stopReasonOf(stop_reason) ?? 0;
        else sessionReason = undefined;
        ears.onFact(fact);
        if (sessionReason === REVOKED) stop(sessionReason);
        return;
      }
      case MESSAGE.closeResponse:
        if (Number(fields.status_code ?? 0) === 0) stop(CLOSED_BY_US);
        return;
      case MESSAGE.videoResponse:
        return video.onAnswer(message);
      default:
        if (isUnknown(type)) {
          ears.onFact({ kind: 'event', name: 'unknown', at: undefined, since: undefined, fields: { message: fields } });
        }
    }
  };

  return {
    ended,
    onMessage,
    begin(accepted, answer) {
      socket = accepted;
      // Lost or ended while it was still being connected.
      if (over.signal.aborted) return accepted.close();
      for (const subscription of subscriptionsFor(start.product, wishes)) accepted.send(subscription);
      const desk = openMediaDesk(
        answer,
        identity,
        parts,
        {
          onMessage,
          sayReady() {
            accepted.send({ msg_type: MESSAGE.clientReady, rtms_stream_id: start.streamId });
            video.onReady();
            ears.onReady();
          },
        },
        signal,
      );
      reconnectMedia = desk.reconnect;
      mediaClosed = desk.closed;
      desk.ended.then((end) => finish({ kind: 'ended', end }));
      accepted.closed.then(({ code, reason }) => {
        if (sessionReason !== undefined || isEnding) return stop(sessionReason);
        finish({ kind: 'lost', why: closeWords(code, reason) });
      });
    },
    lose: (why) => finish({ kind: 'lost', why }),
    end: (end) => finish({ kind: 'ended', end }),
  };
};
