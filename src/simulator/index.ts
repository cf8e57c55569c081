import { EventEmitter, once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../time/clock.ts';
import { listen, type Settings, settingsOf, urlOf } from './address.ts';
import type { Answer, Asked } from './answer.ts';
import { apiProbe } from './api-probe.ts';
import { backlog, type Client, write } from './client.ts';
import { createDeliver } from './delivery.ts';
import { createEventSocket } from './event-socket.ts';
import { createFaultControl, type FaultControl } from './fault-control.ts';
import { createArmed, type FaultPlan } from './faults.ts';
import { eventFrame } from './frames.ts';
import { createHeard, type Heard } from './heard.ts';
import { createServer } from './http.ts';
import type { Log } from './log.ts';
import { DEFAULT_RULES, type Rules } from './rules.ts';
import { closeSilentClients } from './silence.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { createTokens } from './tokens.ts';

export { startDemo } from './demo.ts';
export { FAULT_NAMES, FAULTS, type FaultName, type FaultPlan } from './faults.ts';
export type { Heard } from './heard.ts';
export type { LogEntry } from './log.ts';
export { type Pace, play } from './play.ts';
export type { Displacement, Rules } from './rules.ts';
export { type StoriesOptions, tellStories } from './stories/index.ts';

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log?: Log;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, which picks a free one. */
  readonly port?: number;
  readonly rules?: Partial<Rules>;
  /** Faults that happen on their own, to every connection. */
  readonly faults?: readonly FaultPlan[];
  /** With it, the simulator speaks https and wss. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A stand-in for Zoom that listens. */
export type Simulator = {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /** The environment that makes `zoom-ws tail` use it. */
  readonly settings: Settings;
  /** How it behaves; may be changed at any time. */
  readonly rules: Rules;
  /**
   * Sends events, each an object or the event's own JSON text, to everyone who is connected, or to one subscription.
   * Returns how many connections they went to. Does not wait: see `drained`.
   */
  send(events: Sendable | readonly Sendable[], subscription?: string): number;
  /** Puts a frame on the wire as it stands: a string as text, a Buffer as binary. */
  sendFrame(frame: string | Buffer, subscription?: string): number;
  /** Resolves when no connection has much left to send: a slow client is waited for, so nothing piles up. */
  drained(): Promise<void>;
  /** Resolves as soon as somebody is connected; rejects when the simulator is closed. */
  connected(): Promise<void>;
  readonly fault: FaultControl['fault'];
  readonly clearFaults: FaultControl['clear'];
  /** Makes every token that was handed out invalid. */
  revokeTokens(): void;
  readonly heard: Heard;
  readonly clients: ReadonlySet<Client>;
  /** Aborted when the simulator is closed. */
  readonly signal: AbortSignal;
  /** Resolves when everything is closed; open connections are cut. */
  close(): Promise<void>;
};

export type Sendable = string | object;

/** A slow client may be this many bytes behind before `drained` waits for it. */
const BACKLOG_LIMIT = 1024 * 1024;
const BACKLOG_LOOK_MS = 5;

/** Starts a stand-in for Zoom. Throws `unreachable` if it cannot listen there. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { clock, random, log = () => {} } = options;
  const rules: Rules = { ...DEFAULT_RULES, ...options.rules };
  const ended = new AbortController();
  const { signal } = ended;
  const { heard, note } = createHeard();
  const armed = createArmed();
  const tokens = createTokens(clock, random, rules.clientId);
  const deliver = createDeliver(clock);

  const shared = { rules, tokens, clock, note, log, armed, signal };
  const arrivals = new EventEmitter();
  const accepted = (client: Client) => {
    faults.accepted(client);
    arrivals.emit('accepted');
  };
  const socket = createEventSocket({ ...shared, accepted });
  const faults = createFaultControl({ ...shared, clients: socket.clients, plans: options.faults ?? [] });

  let url = '';
  const oauth = tokenEndpoint({ ...shared, fault: faults.oauthAnswer, baseUrl: () => url });
  const probe = apiProbe({ ...shared, refusesTokens: () => armed.isOn('reject-token') });
  const answer = async (asked: Asked): Promise<Answer | undefined> => {
    const route = `${asked.method} ${asked.path}`;
    if (route === 'POST /oauth/token') {
      if (rules.tokenDelayMs > 0) await clock.sleep(rules.tokenDelayMs, signal);
      return oauth(asked);
    }
    if (route === 'GET /v2/users/me') return probe(asked);
    return undefined;
  };
  const server = createServer({
    answer,
    upgrade: socket.upgrade,
    date: () => new Date(clock.now() + rules.dateSkewMs),
    tls: options.tls,
  });
  const wires = new Set<Socket>();
  server.on('connection', (wire: Socket) => {
    wires.add(wire);
    wire.on('close', () => wires.delete(wire));
  });
  await listen(server, options.host ?? '127.0.0.1', options.port ?? 0);
  url = urlOf(server.address() as AddressInfo, options.tls !== undefined);
  const silence = closeSilentClients(socket.clients, shared);

  const receives = ({ state, gone }: Client) =>
    !gone.signal.aborted && (state === 'live' || (state === 'fading' && rules.displacement.overlap === 'both'));
  const receivers = (subscription?: string) =>
    [...socket.clients].filter(
      (client) => receives(client) && (subscription === undefined || client.subscription === subscription),
    );

  return {
    url,
    rules,
    heard,
    settings: settingsOf(url, rules),
    clients: socket.clients,
    signal,
    async connected() {
      if (receivers().length === 0) await once(arrivals, 'accepted', { signal });
    },
    fault: faults.fault,
    clearFaults: faults.clear,
    revokeTokens: tokens.revoke,
    send(events, subscription) {
      const frames = (Array.isArray(events) ? events : [events]).map((event: Sendable) =>
        eventFrame(typeof event === 'string' ? event : JSON.stringify(event), rules.contentAs),
      );
      const to = receivers(subscription);
      for (const client of to) deliver(client, frames);
      return to.length;
    },
    sendFrame(frame, subscription) {
      const to = receivers(subscription);
      for (const client of to) write(client, [frame]);
      return to.length;
    },
    async drained() {
      for (const client of receivers()) {
        while (backlog(client) > BACKLOG_LIMIT && receives(client)) await clock.sleep(BACKLOG_LOOK_MS);
      }
    },
    async close() {
      ended.abort();
      for (const client of socket.clients) client.socket.terminate();
      for (const wire of wires) wire.destroy();
      await Promise.all([silence, new Promise((resolve) => server.close(resolve))]);
    },
  };
};
