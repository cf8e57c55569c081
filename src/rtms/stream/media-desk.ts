import { MEDIA, type Media } from '../wire/codes.ts';
import type { Message } from '../wire/message.ts';
import { scopeFor } from '../wire/scopes.ts';
import { keepMedia, type MediaLine, type MediaRoute } from './media-line.ts';
import type { Identity, StreamEnd, StreamParts } from './parts.ts';
import { routesOf } from './routes.ts';
import type { OnMessage } from './socket.ts';

/** Zoom documents no limit for the handshakes; data waits for the slowest of them no longer than this. */
const READY_AFTER_MS = 5_000;

/** All media sockets of one signalling connection. */
export type MediaDesk = {
  /** Cuts every media socket, so that they are connected anew. */
  reconnect(reason: string): void;
  /** Resolves when every media socket is closed. */
  closed(): Promise<unknown>;
  /** Resolves when no kind of media is left, or one was lost for good. Never after `signal`. */
  readonly ended: Promise<StreamEnd>;
};

/** Opens the media sockets that message 2 offers. `sayReady` sends message 7: once all have answered, then after each return. */
export const openMediaDesk = (
  answer: Message,
  identity: Identity,
  parts: StreamParts,
  hooks: { readonly onMessage: OnMessage; readonly sayReady: () => void },
  signal: AbortSignal,
): MediaDesk => {
  const { start, wishes, notify, label, world } = parts;
  const { routes, missing, all } = routesOf(answer, wishes.media);
  const lines = new Map<MediaRoute, MediaLine>();
  const refusals: string[] = [];
  let left = routes.length;
  let saidReady = false;
  let triedAll = false;
  let settle: (end: StreamEnd) => void = () => {};
  const ended = new Promise<StreamEnd>((resolve) => {
    settle = resolve;
  });

  const refuse = (media: readonly Media[], words: string, namesAll = false): void => {
    refusals.push(`${media.join(', ')}: ${words}`);
    const scopes = media.map((kind) => scopeFor(start.product, kind)).join(', ');
    // "All" is what the scopes allow: what they do not is no surprise.
    if (wishes.takesAll) return notify({ kind: 'detail', text: `${label}: no ${media.join(', ')} (${words})` });
    const hint = namesAll ? `--media all asks for all media on one connection. Scope: ${scopes}.` : `Scope: ${scopes}.`;
    notify({ kind: 'warning', text: `${label}: no ${media.join(', ')}: ${words}`, hint });
  };
  const nothingLeft = (): void => {
    if (left > 0) return;
    settle({
      how: 'refused',
      why: `Zoom grants none of the media that were asked for (${refusals.join('; ')}).`,
      hint: `The app needs a scope for each kind of media: ${wishes.media.map((kind) => scopeFor(start.product, kind)).join(', ')}.`,
    });
  };

  const open = (route: MediaRoute): MediaLine => {
    const line = keepMedia(
      route,
      identity,
      parts,
      { onMessage: hooks.onMessage, onAccepted: () => saidReady && hooks.sayReady() },
      signal,
    );
    lines.set(route, line);
    line.ended.then(async (end) => {
      lines.delete(route);
      if (end.kind === 'stopped' || signal.aborted) return;
      if (end.kind === 'given-up') {
        return settle({
          how: 'given-up',
          why: `The ${route.media.join(', ')} connection could not be made again: ${end.why}.`,
          hint: 'Zoom ends such a stream. Start it again in the meeting.',
        });
      }
      if (end.kind === 'turned-away') {
        left -= 1;
        refuse(route.media, 'the connection was closed without an answer');
        return nothingLeft();
      }
      const { refusal } = end;
      if (refusal.kind === 'signature') {
        return settle({
          how: 'refused',
          why: `Zoom refused the signature: ${refusal.words}.`,
          hint: 'The client secret must be that of the app to which the stream belongs.',
        });
      }
      if (refusal.kind === 'duplicate' && route.media.length === wishes.media.length) {
        return settle(displaced(refusal.words));
      }
      if (refusal.kind === 'media' && route.url === all && wishes.takesAll && !route.asAll) {
        left -= 1;
        if (triedAll) return nothingLeft();
        triedAll = true;
        left += 1;
        open({ media: MEDIA, url: route.url, asAll: true });
        return;
      }
      left -= 1;
      refuse(route.media, refusal.words, refusal.kind === 'media' && route.url === all);
      nothingLeft();
    });
    return line;
  };

  if (missing.length > 0) refuse(missing, 'Zoom offers no address for it');
  const opened = routes.map(open);
  nothingLeft();
  const patience = new AbortController();
  Promise.race([
    Promise.all(opened.map(({ first }) => first)),
    world.clock.sleep(READY_AFTER_MS, AbortSignal.any([signal, patience.signal])).catch(() => {}),
  ]).then(() => {
    patience.abort();
    if (signal.aborted || left === 0) return;
    saidReady = true;
    hooks.sayReady();
  });
  return {
    ended,
    closed: () => Promise.all([...lines.values()].map((line) => line.ended)),
    reconnect(reason) {
      for (const line of lines.values()) line.reconnect(reason);
    },
  };
};

export const displaced = (words: string): StreamEnd => ({
  how: 'displaced',
  why: `Another client has this stream: ${words}.`,
  hint: 'Only one client at a time can take a stream. Stop the other one, or wait until its connection is over.',
});
