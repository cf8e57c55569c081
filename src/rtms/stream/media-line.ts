import { ALL_MEDIA, MEDIA_BITS, MEDIA_KEYS, MESSAGE, type Media } from '../wire/codes.ts';
import { grantedFormats, mediaParams } from '../wire/media-params.ts';
import type { Message } from '../wire/message.ts';
import type { Refusal } from '../wire/refusal.ts';
import { createAttempts, MEDIA_WINDOW_MS } from './backoff.ts';
import { createGapWatch } from './gap-watch.ts';
import { closeWords, shakeHands } from './handshake.ts';
import type { Identity, StreamParts } from './parts.ts';
import type { OnMessage, RtmsSocket } from './socket.ts';

/** One media socket to be: which kinds of media it brings, and where. */
export type MediaRoute = { readonly media: readonly Media[]; readonly url: string; readonly asAll: boolean };

/** How keeping a media socket ended. */
export type MediaEnd =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'turned-away' }
  | { readonly kind: 'given-up'; readonly why: string }
  | { readonly kind: 'stopped' };

export type MediaLine = {
  /** Resolves when the first handshake has ended, whichever way. */
  readonly first: Promise<'accepted' | 'not'>;
  readonly ended: Promise<MediaEnd>;
  /** Cuts the socket, so that it is connected anew. */
  reconnect(reason: string): void;
};

/** Keeps one media socket connected until `signal` aborts or its window is over. `onAgain`: each time it is accepted. */
export const keepMedia = (
  route: MediaRoute,
  identity: Identity,
  parts: StreamParts,
  hooks: { readonly onMessage: OnMessage; readonly onAccepted: () => void },
  signal: AbortSignal,
): MediaLine => {
  const { world, wishes, ears, notify, label } = parts;
  const { clock } = world;
  const name = route.asAll ? 'all' : route.media.join(',');
  const gaps = createGapWatch(route.media, wishes.formats.audio.packetMs, clock, ears.onGap);
  let settleFirst: (outcome: 'accepted' | 'not') => void = () => {};
  const first = new Promise<'accepted' | 'not'>((resolve) => {
    settleFirst = resolve;
  });
  let socket: RtmsSocket | undefined;
  let cutReason: string | undefined;

  const onMessage: OnMessage = (message, data) => {
    if (message.type >= MESSAGE.audio && message.type <= MESSAGE.chat) gaps.onData(message);
    hooks.onMessage(message, data);
  };

  const connect = () =>
    shakeHands({
      url: route.url,
      world,
      request: mediaRequest(route, identity, parts),
      answerType: MESSAGE.mediaResponse,
      accepts: (message) => isAcceptance(message),
      onMessage,
      onRaw: ears.onRaw,
      signal,
    });

  const run = async (): Promise<MediaEnd> => {
    let attempts = createAttempts(clock, MEDIA_WINDOW_MS, signal);
    let goOn = await attempts.next();
    let why = 'no connection could be made';
    while (goOn) {
      const outcome = await connect();
      if (outcome.kind === 'stopped') break;
      if (outcome.kind === 'accepted') {
        socket = outcome.socket;
        const formats = grantedFormats(wishes.formats, outcome.answer?.fields.media_params);
        ears.onGranted(route.media, formats);
        ears.onLifecycle('rtms_connected', {
          socket: 'media',
          media: name,
          status_code: 0,
          reason: String(outcome.answer?.fields.reason ?? ''),
          ...grantedFacts(outcome.answer),
        });
        settleFirst('accepted');
        hooks.onAccepted();
        gaps.onConnected();
        const stop = () => outcome.socket.close();
        signal.addEventListener('abort', stop);
        if (signal.aborted) stop();
        const end = await outcome.socket.closed;
        signal.removeEventListener('abort', stop);
        socket = undefined;
        if (signal.aborted) break;
        why = cutReason ?? closeWords(end.code, end.reason);
        cutReason = undefined;
        gaps.onLost(outcome.socket.lastHeard(), why);
        ears.onLifecycle('rtms_disconnected', { socket: 'media', media: name, code: end.code, reason: end.reason });
        notify({ kind: 'warning', text: `${label}: the ${name} connection was lost (${why}); connecting again` });
        attempts = createAttempts(clock, MEDIA_WINDOW_MS, signal);
        goOn = await attempts.next();
        continue;
      }
      if (outcome.kind === 'refused') {
        why = `Zoom refused the ${name} connection: ${outcome.refusal.words}`;
        const { kind } = outcome.refusal;
        if (kind === 'duplicate') goOn = await attempts.afterDuplicate();
        else if (kind === 'passing') goOn = await attempts.next();
        else return { kind: 'refused', refusal: outcome.refusal };
        if (!goOn && kind === 'duplicate' && !signal.aborted) return { kind: 'refused', refusal: outcome.refusal };
        continue;
      }
      if (outcome.kind === 'turned-away') {
        goOn = await attempts.afterTurnedAway();
        if (!goOn && !signal.aborted) return { kind: 'turned-away' };
        continue;
      }
      why = outcome.why;
      notify({ kind: 'detail', text: `${label}: the ${name} connection failed: ${outcome.why}` });
      goOn = await attempts.next();
    }
    return signal.aborted ? { kind: 'stopped' } : { kind: 'given-up', why };
  };
  const ended = run().then((end) => {
    gaps.onEnd();
    settleFirst('not');
    return end;
  });
  return {
    first,
    ended,
    reconnect(reason) {
      if (!socket) return;
      cutReason = reason;
      socket.close();
    },
  };
};

const mediaRequest = (route: MediaRoute, identity: Identity, { wishes }: StreamParts): object => {
  const params = mediaParams(wishes.formats) as Readonly<Record<string, object>>;
  return {
    msg_type: MESSAGE.mediaRequest,
    protocol_version: 1,
    sequence: 1,
    ...identity,
    media_type: route.asAll ? ALL_MEDIA : route.media.reduce((sum, media) => sum + MEDIA_BITS[media], 0),
    payload_encryption: false,
    media_params: Object.fromEntries(route.media.map((media) => [MEDIA_KEYS[media], params[MEDIA_KEYS[media]]])),
  };
};

/** Zoom's old servers never answer message 3: the first data is the acceptance. */
const isAcceptance = ({ type }: Message): boolean =>
  type === MESSAGE.mediaResponse || (type >= MESSAGE.audio && type <= MESSAGE.chat);

/** The granted parameters, flat: `audio_codec`, `video_fps` … */
const grantedFacts = (answer: Message | undefined): Record<string, string | number> => {
  const params = answer?.fields.media_params;
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(
    Object.entries(params).flatMap(([media, values]) =>
      Object.entries(typeof values === 'object' && values !== null ? values : {}).flatMap(([key, value]) =>
        typeof value === 'number' || typeof value === 'string' ? [[`${media}_${key}`, value]] : [],
      ),
    ),
  );
};
