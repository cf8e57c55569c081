import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, EpochMs } from '../../time/clock.ts';
import type { App } from './identify.ts';
import { createLife } from './life.ts';
import { type News, newsText, readNews } from './news.ts';
import { type OpenDeps, openStream, type RtmsOptions } from './open-stream.ts';
import { pump } from './pump.ts';
import { createRtmsSockets } from './sockets.ts';
import { createStory, type Story } from './story.ts';
import type { Stream } from './stream.ts';
import { createTroubles } from './troubles.ts';
import { STOP } from './wire.ts';

export type { RtmsOptions } from './open-stream.ts';
export { PRODUCTS } from './products.ts';
export type { Story as RtmsStory } from './story.ts';

/** Realtime Media Streams: streams that clients can take, and events that tell of them. */
export type Rtms = {
  /** Takes an upgrade to signalling or media; false for any other path. */
  upgrade(request: IncomingMessage, wire: Socket, head: Buffer): boolean;
  /** The event as it is to be sent: one that says that a stream starts makes one, and leads to it; and so for the others. */
  acted(text: string): string;
  /** Streams one after the other, as part of stories. */
  story(options: { readonly random: () => number; readonly now: () => EpochMs }): Story;
  /** Streams one after the other, on their own; the first one now. Resolves when the simulator is closed. */
  play(): Promise<void>;
  readonly streams: ReadonlyMap<string, Stream>;
  close(): void;
};

export type RtmsDeps = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly app: () => App & { readonly accountId: string };
  /** `http://127.0.0.1:8787` */
  readonly url: () => string;
  /** To the event socket. */
  readonly send: (text: string) => void;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
};

/** Between two streams that follow each other. */
const REST_MS = 5_000;

export const createRtms = (options: RtmsOptions, deps: RtmsDeps): Rtms => {
  const { clock, random, app, url, send, say, signal } = deps;
  const streams = new Map<string, Stream>();
  const base = () => url().replace(/^http/, 'ws');
  const troubles = createTroubles();
  const life = createLife({
    clock,
    say,
    tell: (stream, what, fields) => send(newsText(stream, what, clock.now(), base(), fields)),
    onEnd: ({ id }) => streams.delete(id),
  });
  const sockets = createRtmsSockets({ clock, app, streams, life, troubles, base, say });

  /** `tellsEnd`: whether the regular end is told of here. */
  const begin = (stream: Stream, tellsEnd: boolean): Stream => {
    streams.set(stream.id, stream);
    life.begun(stream);
    pump(stream, clock, () => life.end(stream, STOP.meetingEnded, tellsEnd)).catch((error: unknown) =>
      say(String(error)),
    );
    return stream;
  };
  const openNow = (
    more: Partial<OpenDeps>,
    of: RtmsOptions = options,
    given: Parameters<typeof openStream>[2] = {},
  ) => {
    const { accountId } = app();
    return openStream(of, { random, accountId, at: clock.now(), startedAt: clock.monotonic(), ...more }, given);
  };
  const startText = (stream: Stream): string => newsText(stream, 'started', stream.at, base());
  const latest = (): Stream | undefined => [...streams.values()].at(-1);

  const actOn = (news: News, text: string): string => {
    const { verb, product, streamId, of, event, payload } = news;
    if (verb === 'started') {
      // A second start of a stream is a repeat.
      const known = streams.get(streamId ?? '');
      const stream = known ?? begin(openNow({}, { ...options, product }, { id: streamId, of }), true);
      const { payload: ours } = JSON.parse(startText(stream)) as { payload: object };
      return JSON.stringify({
        ...event,
        payload: { ...ours, ...payload, server_urls: Reflect.get(ours, 'server_urls') },
      });
    }
    const stream = streams.get(streamId ?? '') ?? latest();
    if (stream === undefined) return text;
    if (verb === 'stopped') life.end(stream, Number(payload.stop_reason ?? STOP.meetingEnded), false);
    else life.interrupt(stream);
    return JSON.stringify({
      ...event,
      payload: { ...payload, [stream.facts.idName]: stream.of, rtms_stream_id: stream.id },
    });
  };

  return {
    streams,
    upgrade: sockets.upgrade,
    acted(text) {
      const news = readNews(text);
      return news === undefined ? text : actOn(news, text);
    },
    story: (told) =>
      createStory({
        ...told,
        restMs: REST_MS,
        open: () => begin(openNow({ random: told.random, at: told.now() }), false),
        startText,
        stopText: (stream, at) => newsText(stream, 'stopped', at, base(), { stop_reason: STOP.meetingEnded }),
      }),
    async play() {
      while (!signal.aborted) {
        const stream = begin(openNow({}), true);
        send(startText(stream));
        await new Promise((resolve) => stream.over.signal.addEventListener('abort', resolve));
        await clock.sleep(REST_MS, signal);
      }
    },
    close() {
      for (const stream of streams.values()) stream.over.abort();
      streams.clear();
    },
  };
};
