import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { admit } from './admission.ts';
import { type Client, write } from './client.ts';
import { controlFrame, isHeartbeat } from './frames.ts';
import type { Rules } from './rules.ts';
import type { SocketDeps } from './socket-deps.ts';

/** A heartbeat is 22 bytes; nothing that a client of the event socket has to say comes near this. */
const LARGEST_CLIENT_FRAME = 64 * 1024;

/** The path of a request has no host of its own. */
const BASE = 'http://simulator';

/** The event socket: upgrades in, and the connections that are open. */
export type EventSocket = {
  upgrade(request: IncomingMessage, wire: Socket, head: Buffer): void;
  /** Every open connection, in the order they came. */
  readonly clients: ReadonlySet<Client>;
};

export const createEventSocket = (deps: SocketDeps): EventSocket => {
  const { rules, clock, note, log } = deps;
  const server = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: LARGEST_CLIENT_FRAME });
  const clients = new Set<Client>();
  let count = 0;

  const opened = (socket: WebSocket, wire: Socket, query: URLSearchParams): void => {
    count += 1;
    const client = newClient(count, query.get('subscriptionId') ?? '', socket, wire, clock.now());
    clients.add(client);
    socket.on('message', (data, isBinary) => hear(client, data, isBinary));
    socket.on('ping', () =>
      log({
        what: 'odd-frame',
        text: `client ${client.id} sent a ping; Zoom documents {"module":"heartbeat"}`,
        detail: true,
      }),
    );
    // What follows is `close`; the reason of an error is in the log where it is the client's doing.
    socket.on('error', (error) =>
      log({ what: 'odd-frame', text: `client ${client.id}: ${error.message}`, detail: true }),
    );
    socket.on('close', (code, reason) => {
      clients.delete(client);
      client.gone.abort();
      note('closes', {
        at: clock.now(),
        client: client.id,
        subscription: client.subscription,
        code,
        reason: reason.toString(),
      });
      log({
        what: 'disconnected',
        text: `client ${client.id} is gone (${code}${reason.length > 0 ? ` ${reason}` : ''})`,
      });
    });
    admit(client, query.get('access_token') ?? '', clients, deps);
  };

  const hear = (client: Client, data: RawData, isBinary: boolean): void => {
    const text = String(data);
    note('frames', { at: clock.now(), client: client.id, text });
    if (isBinary || !isHeartbeat(text)) {
      log({ what: 'odd-frame', text: `client ${client.id} sent what is no heartbeat: ${text.slice(0, 120)}` });
      return;
    }
    client.heartbeatAt = clock.now();
    client.heartbeats += 1;
    log({ what: 'heartbeat', text: `client ${client.id}: heartbeat`, detail: true });
    const answers = rules.heartbeatsAnswered && (client.state === 'live' || client.state === 'fading');
    if (answers) write(client, [controlFrame('heartbeat', true, 'live')]);
  };

  return {
    clients,
    upgrade(request, wire, head) {
      wire.on('error', () => wire.destroy());
      const path = request.url ?? '/';
      const url = URL.canParse(path, BASE) ? new URL(path, BASE) : undefined;
      const query = url?.searchParams ?? new URLSearchParams();
      note('upgrades', {
        at: clock.now(),
        subscription: query.get('subscriptionId') ?? '',
        token: query.get('access_token') ?? '',
        headers: request.headers,
      });
      const refused = url === undefined ? 400 : upgradeRefusal(url, rules);
      if (refused === undefined) {
        server.handleUpgrade(request, wire, head, (socket) => opened(socket, wire, query));
        return;
      }
      log({ what: 'refused', text: `an upgrade of ${url?.pathname ?? 'no path'} was refused (${refused})` });
      wire.end(`HTTP/1.1 ${refused} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    },
  };
};

const upgradeRefusal = (url: URL, rules: Rules): number | undefined => {
  if (url.pathname !== '/ws') return 404;
  if (rules.upgradeStatus !== undefined) return rules.upgradeStatus;
  const known = rules.subscriptions.includes(url.searchParams.get('subscriptionId') ?? '');
  return known ? undefined : rules.badSubscriptionStatus;
};

const newClient = (id: number, subscription: string, socket: WebSocket, wire: Socket, openedAt: number): Client => ({
  id,
  subscription,
  socket,
  wire,
  openedAt,
  state: 'waiting',
  heartbeatAt: undefined,
  heartbeats: 0,
  sent: 0,
  heldBack: 0,
  afflictions: new Set(),
  gone: new AbortController(),
});
