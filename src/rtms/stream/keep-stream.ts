import { MESSAGE } from '../wire/codes.ts';
import { signatureOf } from '../wire/signature.ts';
import { shownAddress } from '../wire/start-event.ts';
import { createAttempts, SIGNAL_WINDOW_MS } from './backoff.ts';
import { type Handshake, shakeHands } from './handshake.ts';
import { displaced } from './media-desk.ts';
import type { Identity, StreamEnd, StreamParts } from './parts.ts';
import { createSignalLife, type SignalLife } from './signal-life.ts';
import type { RtmsSocket } from './socket.ts';

/** How long Zoom's answer to the request to close is awaited. */
const CLOSE_MS = 3_000;

/** One stream while we have it. */
export type KeptStream = {
  readonly ended: Promise<StreamEnd>;
  /** New addresses: Zoom's failover. Everything is connected anew. */
  failover(urls: readonly string[]): void;
  /** `rtms_interrupted`: signalling is lost, whatever the socket says. */
  interrupt(urls: readonly string[]): void;
  /** `rtms_stopped`. */
  stop(reason: number | undefined): void;
};

/** Takes a stream and keeps it, through losses, until it ends or the window to come back in is over. */
export const keepStream = (parts: StreamParts): KeptStream => {
  const { start, key, wishes, world, ears, notify, label, signal } = parts;
  const { clock, secrets } = world;
  let { urls } = start;
  let life: SignalLife | undefined;
  let over: StreamEnd | undefined;
  let idName = start.idName;
  const stopped = new AbortController();
  const either = AbortSignal.any([signal, stopped.signal]);

  const signature = signatureOf(key, start.id, start.streamId);
  secrets.keep(signature);
  const identity = (): Identity => ({ [idName]: start.id, rtms_stream_id: start.streamId, signature });

  const finish = (end: StreamEnd): void => {
    over ??= end;
    stopped.abort();
    life?.end(end);
  };

  const connect = async (url: string, mine: SignalLife): Promise<Handshake> =>
    shakeHands({
      url,
      world,
      request: {
        msg_type: MESSAGE.signalRequest,
        protocol_version: 1,
        sequence: 1,
        ...identity(),
        buffer_data: wishes.buffered,
      },
      answerType: MESSAGE.signalResponse,
      accepts: ({ type, fields }) => type === MESSAGE.signalResponse && fields.media_server !== undefined,
      onMessage: mine.onMessage,
      onRaw: ears.onRaw,
      signal: either,
    });

  const run = async (): Promise<StreamEnd> => {
    let attempts = createAttempts(clock, SIGNAL_WINDOW_MS, either);
    let goOn = await attempts.next();
    let tried = 0;
    let why = 'no connection could be made';
    while (goOn) {
      const url = urls[tried % urls.length] as string;
      tried += 1;
      const mine = createSignalLife(identity(), { ...parts, signal: either });
      life = mine;
      const outcome = await connect(url, mine);
      if (outcome.kind === 'stopped') break;
      if (outcome.kind === 'accepted' && outcome.answer) {
        ears.onLifecycle('rtms_connected', {
          socket: 'signalling',
          status_code: 0,
          reason: String(outcome.answer.fields.reason ?? ''),
        });
        mine.begin(outcome.socket, outcome.answer);
        const end = await untilEnd(mine, outcome.socket);
        if (end.kind === 'ended') return end.end;
        why = end.why;
        ears.onLifecycle('rtms_disconnected', { socket: 'signalling', reason: why });
        notify({ kind: 'warning', text: `${label}: the signalling connection was lost (${why}); connecting again` });
        attempts = createAttempts(clock, SIGNAL_WINDOW_MS, either);
        tried = 0;
        goOn = await attempts.next();
      } else if (outcome.kind === 'refused') {
        const { refusal } = outcome;
        if (refusal.kind === 'payload' && start.product !== 'meeting' && idName !== 'meeting_uuid') {
          idName = 'meeting_uuid';
          notify({ kind: 'detail', text: `${label}: refused (${refusal.words}); once more with meeting_uuid` });
          continue;
        }
        why = `Zoom refused it: ${refusal.words}`;
        if (refusal.kind === 'passing') goOn = await attempts.next();
        else if (refusal.kind !== 'duplicate') return refusedEnd(refusal.kind, refusal.words);
        else {
          notify({ kind: 'detail', text: `${label}: ${refusal.words}; another attempt follows` });
          goOn = await attempts.afterDuplicate();
          if (!goOn && !either.aborted) return displaced(refusal.words);
        }
      } else if (outcome.kind === 'turned-away') {
        why = 'the connection was closed with 1000 and no answer';
        goOn = await attempts.afterTurnedAway();
        if (!goOn && !either.aborted) {
          return {
            how: 'refused',
            why: 'Zoom closed the signalling connection (1000) without an answer, four times.',
            hint: 'Usually the client secret belongs to another app than the one to which the stream was sent.',
          };
        }
      } else if (outcome.kind === 'failed') {
        why = outcome.why;
        notify({ kind: 'detail', text: `${label}: ${shownAddress(url)}: ${outcome.why}` });
        // Each address once before the first pause.
        goOn = tried < urls.length ? !either.aborted : await attempts.next();
      }
    }
    if (over) return over;
    if (signal.aborted) return { how: 'left' };
    return {
      how: 'given-up',
      why: `The signalling connection could not be made within 60 s: ${why}.`,
      hint: 'Zoom ends such a stream. Start it again in the meeting.',
    };
  };

  /** Until the connection ends by itself, or the run does: then the stream is left, or closed for good. */
  const untilEnd = async (mine: SignalLife, socket: RtmsSocket) => {
    const leave = async (): Promise<void> => {
      if (wishes.closes) {
        socket.send({ msg_type: MESSAGE.closeRequest, rtms_stream_id: start.streamId });
        const patience = new AbortController();
        await Promise.race([mine.ended, clock.sleep(CLOSE_MS, patience.signal).catch(() => {})]);
        patience.abort();
      }
      mine.end({ how: 'left' });
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) await leave();
    const end = await mine.ended;
    signal.removeEventListener('abort', leave);
    return end;
  };

  return {
    ended: run(),
    failover(next) {
      urls = next.length > 0 ? next : urls;
      life?.lose('Zoom moved the stream to another server');
    },
    interrupt(next) {
      urls = next.length > 0 ? next : urls;
      life?.lose('Zoom says that it was interrupted');
    },
    stop: (reason) => finish({ how: 'stopped', reason }),
  };
};

const refusedEnd = (kind: string, words: string): StreamEnd => {
  if (kind === 'signature') {
    return {
      how: 'refused',
      why: `Zoom refused the signature: ${words}.`,
      hint: 'The client id and secret must be those of the app to which the stream belongs (Video SDK: SDK key and secret).',
    };
  }
  const hint =
    kind === 'stream'
      ? 'The stream has ended or never was: its id is dead. Only a new start helps.'
      : 'Run it with -vv to see the messages.';
  return { how: kind === 'stream' ? 'given-up' : 'refused', why: `Zoom refused the stream: ${words}.`, hint };
};
