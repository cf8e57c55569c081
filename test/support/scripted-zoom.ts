import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ManualClock } from './manual-clock.ts';

/** One connection that reached the event socket, as the server sees it. */
export type Peer = {
  readonly id: number;
  readonly subscription: string;
  readonly token: string;
  readonly socket: WebSocket;
  readonly wire: Socket;
  /** Whether it was accepted and gets events. */
  isLive: boolean;
  /** Whether it has ended. */
  isGone: boolean;
  heartbeats: number;
};

/** What is done instead of the usual at one stage of a connection. */
export type Script = {
  /** TCP is connected, nothing was said. */
  readonly wire?: (wire: Socket) => void;
  /** The upgrade was asked for. */
  readonly upgrade?: (wire: Socket, request: IncomingMessage) => void;
  /** The WebSocket is open, nothing was answered. */
  readonly opened?: (peer: Peer) => void;
};

/** What happens to `old` when `next` takes its subscription; calls `accept` when `next` is to be told that it is accepted. */
export type Succession = (old: Peer, accept: () => void) => void;

export type ScriptedZoom = {
  readonly url: string;
  readonly oauthUrl: string;
  readonly peers: readonly Peer[];
  /** Scripts for the connections to come, one each, in order; later ones go the usual way. */
  readonly scripts: Script[];
  /** Answers for the token requests to come; later ones are answered as usual. */
  readonly tokenScripts: ((request: IncomingMessage, response: ServerResponse) => void)[];
  succession: Succession;
  /** Whether heartbeats are answered. */
  answersHeartbeats: boolean;
  /** Seconds. */
  tokenLife: number;
  /** How many tokens were handed out, and how many connections were tried. */
  readonly counts: { tokens: number; tokenRequests: number; dials: number };
  /** Sends the next event of the numbered stream to whoever is live. `size`: how many characters of ballast. */
  tick(size?: number): void;
  accept(peer: Peer): void;
  say(peer: Peer, frame: string): void;
  live(): readonly Peer[];
  /** Forgets the stream but for its last event, and who is gone. */
  forget(): void;
  /** Nothing listens at the event socket any more; the answer lets it listen again. */
  stopListening(): Promise<() => Promise<void>>;
  /** The stream: when each number came up, and whether it was put on the wire of a live connection. */
  readonly stream: readonly { readonly n: number; readonly at: number; readonly sent: boolean }[];
  close(): Promise<void>;
};

export const ACCEPTED = '{"module":"build_connection","success":true,"content":"connected","header":{}}';
export const DISPLACED = '{"module":"build_connection","success":false,"content":"Connected in another place"}';

/** Zoom, played from a script: token endpoint and event socket on real sockets, with a numbered stream of events. */
export const scriptedZoom = async (
  clock: ManualClock,
  tls?: { readonly key: string; readonly cert: string },
): Promise<ScriptedZoom> => {
  const peers: Peer[] = [];
  const wires = new Set<Socket>();
  const stream: { n: number; at: number; sent: boolean }[] = [];
  const scripts: Script[] = [];
  const tokenScripts: ScriptedZoom['tokenScripts'] = [];
  const counts = { tokens: 0, tokenRequests: 0, dials: 0 };
  const scriptOf = new WeakMap<Socket, Script>();

  const tokens = createHttpServer((request, response) => {
    clock.poke();
    counts.tokenRequests += 1;
    request.resume();
    const script = tokenScripts.shift();
    if (script) return script(request, response);
    counts.tokens += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token: `token-${counts.tokens}`, expires_in: zoom.tokenLife }));
  });

  const upgrades = new WebSocketServer({ noServer: true });
  const http = createHttpServer((_, response) => response.writeHead(404).end());
  http.on('upgrade', (request, wire: Socket, head) => {
    clock.poke();
    const script = scriptOf.get(wire);
    if (script?.upgrade) return script.upgrade(wire, request);
    upgrades.handleUpgrade(request, wire, head, (socket) => opened(socket, wire, request.url ?? '', script));
  });

  const opened = (socket: WebSocket, wire: Socket, url: string, script: Script | undefined): void => {
    const query = new URL(url, 'http://zoom').searchParams;
    const peer: Peer = {
      id: counts.dials,
      subscription: query.get('subscriptionId') ?? '',
      token: query.get('access_token') ?? '',
      socket,
      wire,
      isLive: false,
      isGone: false,
      heartbeats: 0,
    };
    peers.push(peer);
    socket.on('message', () => {
      clock.poke();
      peer.heartbeats += 1;
      if (zoom.answersHeartbeats && peer.isLive) socket.send('{"module":"heartbeat","success":true,"content":"live"}');
    });
    socket.on('close', () => {
      clock.poke();
      peer.isGone = true;
      peer.isLive = false;
    });
    socket.on('error', () => {});
    if (script?.opened) return script.opened(peer);
    const old = zoom.live().find(({ subscription }) => subscription === peer.subscription);
    if (old) zoom.succession(old, () => zoom.accept(peer));
    else zoom.accept(peer);
  };

  const front = (wire: Socket): void => {
    clock.poke();
    wire.on('data', () => clock.poke());
    wire.on('error', () => {});
    const script = scripts.shift() ?? {};
    scriptOf.set(wire, script);
    if (script.wire) return script.wire(wire);
    http.emit('connection', wire);
  };
  const keep = (wire: Socket): void => {
    counts.dials += 1;
    wires.add(wire);
    wire.on('close', () => wires.delete(wire));
  };
  // Over TLS a script for the wire acts on the bare connection, before the handshake.
  const secure = tls && createTlsServer(tls, (wire) => http.emit('connection', wire));
  secure?.on('tlsClientError', () => {});
  const server = createNetServer((wire) => {
    keep(wire);
    if (!secure) return front(wire);
    clock.poke();
    wire.on('error', () => {});
    const script = scripts.shift() ?? {};
    if (script.wire) return script.wire(wire);
    wire.on('data', () => clock.poke());
    secure.emit('connection', wire);
  });
  const listen = (one: typeof server | typeof tokens) =>
    new Promise<number>((resolve) => one.listen(0, '127.0.0.1', () => resolve((one.address() as AddressInfo).port)));
  const [port, tokenPort] = [await listen(server), await listen(tokens)];

  const zoom: ScriptedZoom = {
    url: `${tls ? 'wss' : 'ws'}://127.0.0.1:${port}/ws`,
    oauthUrl: `http://127.0.0.1:${tokenPort}/oauth/token`,
    peers,
    scripts,
    tokenScripts,
    counts,
    stream,
    answersHeartbeats: true,
    tokenLife: 3600,
    succession: (old, accept) => {
      zoom.say(old, DISPLACED);
      old.isLive = false;
      old.socket.close(1000, 'Connected in another place');
      accept();
    },
    live: () => peers.filter(({ isLive, isGone }) => isLive && !isGone),
    accept(peer) {
      peer.isLive = true;
      zoom.say(peer, ACCEPTED);
    },
    say(peer, frame) {
      clock.poke();
      peer.socket.send(frame);
    },
    tick(size = 0) {
      const n = (stream.at(-1)?.n ?? 0) + 1;
      const frame = numbered(n, size);
      const to = zoom.live();
      for (const peer of to) zoom.say(peer, frame);
      stream.push({ n, at: clock.now(), sent: to.length > 0 });
    },
    forget() {
      stream.splice(0, stream.length - 1);
      peers.splice(0, peers.length, ...peers.filter(({ isGone }) => !isGone));
    },
    async stopListening() {
      // Resolves late: with the last connection.
      server.close();
      await new Promise((resolve) => setImmediate(resolve));
      return () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    },
    async close() {
      for (const wire of wires) wire.destroy();
      tokens.closeAllConnections();
      await Promise.all([server, tokens].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
  return zoom;
};

/** Event number `n` in Zoom's frame. */
export const numbered = (n: number, size = 0): string =>
  JSON.stringify({
    module: 'message',
    content: JSON.stringify({
      event: 'test.numbered',
      event_ts: 1,
      payload: { object: { n, ballast: 'x'.repeat(size) } },
    }),
    header: {},
  });
