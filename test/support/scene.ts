import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDedupe } from '../../src/flow/dedupe.ts';
import { send } from '../../src/http/send.ts';
import type { Notice } from '../../src/notice/notice.ts';
import { createSecretKeeper, Secret } from '../../src/secret.ts';
import type { Source } from '../../src/source/source.ts';
import { openZoomSocket, type ZoomSocketOptions } from '../../src/source/zoom-socket/index.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type ScriptedZoom, scriptedZoom } from './scripted-zoom.ts';

/** How often the numbered stream goes on. */
const TICK_MS = 1_000;

export type Gap = { readonly from: number; readonly to: number; readonly reason: string };

/** A client and a scripted Zoom on one manual clock, with the account of what came through. */
export type Scene = {
  readonly clock: ManualClock;
  readonly zoom: ScriptedZoom;
  readonly socket: Source;
  readonly notices: readonly Notice[];
  readonly kinds: () => readonly string[];
  /** The numbers that arrived, repeats taken out as `tail` does it. */
  readonly received: readonly number[];
  readonly gaps: readonly Gap[];
  /** The types of all lifecycle events. */
  readonly lifecycle: readonly string[];
  /** Opened and closed: whether the reader takes what arrives. */
  readonly reader: { isReading: boolean };
  /** How the run ended, once it has. */
  readonly end: () => { readonly error: unknown } | undefined;
  readonly until: (holds: () => boolean, mostMs?: number) => Promise<void>;
  /** Until the client has received some more of the stream. */
  readonly flows: (more?: number) => Promise<void>;
  /** Asks the client to stop, as Ctrl-C does. */
  readonly stop: () => void;
  /** Stops and lets everything come to its end. */
  readonly finish: () => Promise<void>;
  /** Forgets what was noted so far, but for the last event: for runs of months. */
  readonly forget: () => void;
};

export type SceneOptions = Partial<Omit<ZoomSocketOptions, 'settings'>> & {
  readonly subscriptions?: readonly string[];
  readonly token?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly random?: () => number;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the socket is dialled, if not at the scripted Zoom. */
  readonly url?: string;
  readonly prepare?: (zoom: ScriptedZoom) => void;
  /** How often the numbered stream goes on, in milliseconds. */
  readonly tickMs?: number;
  /** A second client of the same Zoom, on the same clock; the first one closes it. */
  readonly beside?: Pick<Scene, 'clock' | 'zoom'>;
};

/** What is loaded and compiled at the first use would make that use slow, and the manual clock knows nothing of it. */
const warmUp = async (): Promise<void> => {
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await send({ method: 'GET', url, headers: {} }, {}, new AbortController().signal);
  server.closeAllConnections();
  server.close();
};
let warm: Promise<void> | undefined;

export const openScene = async (options: SceneOptions = {}): Promise<Scene> => {
  warm ??= warmUp();
  await warm;
  const clock = options.beside?.clock ?? manualClock();
  const zoom = options.beside?.zoom ?? (await scriptedZoom(clock, options.tls));
  options.prepare?.(zoom);
  const notices: Notice[] = [];
  const stopping = new AbortController();
  const socket = openZoomSocket(
    {
      settings: {
        credentials: options.token
          ? { kind: 'token', token: new Secret(options.token), place: 'the test' }
          : {
              kind: 'app',
              grant: 'client_credentials',
              accountId: undefined,
              clientId: 'client',
              clientSecret: new Secret('secret'),
              place: 'the test',
            },
        subscriptions: (options.subscriptions ?? ['one']).map((id) => ({ id, url: options.url ?? zoom.url })),
        oauthUrl: zoom.oauthUrl,
        apiUrl: undefined,
      },
      heartbeat: options.heartbeat ?? { everyMs: 30_000, timeoutMs: 10_000 },
      maxRetries: options.maxRetries,
      onDisplaced: options.onDisplaced ?? 'exit',
      wantsFrames: options.wantsFrames ?? false,
      showsFrames: options.showsFrames ?? false,
    },
    {
      env: options.env ?? {},
      clock,
      random: options.random ?? (() => 0),
      secrets: createSecretKeeper(),
      notify(notice) {
        notices.push(notice);
        clock.poke();
      },
      onLive: () => {},
      signal: stopping.signal,
    },
  );

  const received: number[] = [];
  const gaps: Gap[] = [];
  const lifecycle: string[] = [];
  const reader = { isReading: true };
  const dedupe = createDedupe(clock);
  let end: { error: unknown } | undefined;
  const read = async (): Promise<void> => {
    for await (const batch of socket.arrivals) {
      clock.poke();
      for (const arrival of batch) {
        if (arrival.kind === 'lifecycle') {
          lifecycle.push(arrival.type);
          const { object } = JSON.parse(arrival.raw).payload;
          if (arrival.type === 'zoom_ws.gap')
            gaps.push({ from: Date.parse(object.from), to: Date.parse(object.to), reason: object.reason });
        }
        if (arrival.kind === 'event' && !dedupe.isRepeat(arrival.raw)) {
          received.push(JSON.parse(arrival.raw).payload.object.n);
        }
      }
      while (!reader.isReading) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const ended = read()
    .then(
      () => undefined,
      (error: unknown) => error,
    )
    .then(async (error) => {
      await socket.done;
      end = { error };
      ticking.abort();
      clock.poke();
    });
  const ticking = new AbortController();
  const tick = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(options.tickMs ?? TICK_MS, ticking.signal);
      zoom.tick();
    }
  };
  if (!options.beside) tick().catch(() => {});

  const until = (holds: () => boolean, mostMs = 600_000) => clock.until(holds, mostMs);
  return {
    clock,
    zoom,
    socket,
    notices,
    kinds: () => notices.map(({ kind }) => kind),
    received,
    gaps,
    lifecycle,
    reader,
    end: () => end,
    until,
    flows(more = 3) {
      const before = received.length;
      return until(() => received.length >= before + more || end !== undefined);
    },
    forget() {
      zoom.forget();
      notices.length = gaps.length = lifecycle.length = 0;
      received.splice(0, received.length - 1);
    },
    stop() {
      ticking.abort();
      stopping.abort();
    },
    async finish() {
      ticking.abort();
      stopping.abort();
      reader.isReading = true;
      await until(() => end !== undefined);
      await ended;
      if (!options.beside) await zoom.close();
    },
  };
};

export type Account = { readonly lost: number[]; readonly repeated: number[]; readonly unexplained: number[] };

/**
 * Compares what Zoom had with what came: what it sent on a live connection must have arrived, once and in order; what it
 * could not send must lie inside a reported gap. `destroysInFlight`: so may what it sent, because a reset destroyed it.
 */
export const accountOf = (
  { zoom, received, gaps }: Pick<Scene, 'zoom' | 'received' | 'gaps'>,
  destroysInFlight = false,
): Account => {
  const first = zoom.stream.findIndex(({ sent }) => sent);
  const arrived = new Set(received);
  const isInGap = (at: number) => gaps.some(({ from, to }) => from <= at && at <= to);
  const promised = zoom.stream.slice(Math.max(first, 0));
  return {
    lost: promised
      .filter(({ n, sent, at }) => sent && !arrived.has(n) && !(destroysInFlight && isInGap(at)))
      .map(({ n }) => n),
    repeated: received.filter((n, index) => index > 0 && n <= (received[index - 1] ?? 0)),
    unexplained: promised.filter(({ n, sent, at }) => !sent && !arrived.has(n) && !isInGap(at)).map(({ n }) => n),
  };
};

export const FAULTLESS: Account = { lost: [], repeated: [], unexplained: [] };
