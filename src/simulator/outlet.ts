import { EventEmitter, once } from 'node:events';
import type { Clock } from '../time/clock.ts';
import { backlog, type Client, write } from './client.ts';
import { createDeliver } from './delivery.ts';
import { eventFrame } from './frames.ts';
import type { Rules } from './rules.ts';
import { createSent, type Sent } from './sent.ts';
import type { Webhook } from './webhook.ts';

/** An event: an object, or the event's own JSON text, which is sent as it stands. */
export type Sendable = string | object;

/** Where events leave: to every connection that was accepted and is not displaced. */
export type Outlet = {
  /**
   * Sends events to everyone who is connected, or to one subscription. Returns how many connections they went to.
   * Does not wait: see `drained`.
   */
  send(events: Sendable | readonly Sendable[], subscription?: string): number;
  /** Puts a frame on the wire as it stands: a string as text, a Buffer as binary. */
  sendFrame(frame: string | Buffer, subscription?: string): number;
  /** Resolves when no connection has much left to send: a slow client is waited for, so nothing piles up, but not one that
   * reads nothing. */
  drained(): Promise<void>;
  /** Resolves as soon as a client is connected; rejects when the simulator is closed. */
  connected(): Promise<void>;
};

type Deps = {
  readonly clients: () => ReadonlySet<Client>;
  /** The endpoint that events are posted to as well, if there is one. */
  readonly webhook: () => Webhook | undefined;
  readonly rules: Rules;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Hears each event, whether or not anyone is connected. */
  readonly tell: (text: string) => void;
};

type Inner = Outlet & {
  readonly sent: Sent;
  /** To be called when a connection has been accepted. */
  accepted(): void;
};

/** A slow client may be this many bytes behind before `drained` waits for it, and is looked at this often. */
const BACKLOG_LIMIT = 1024 * 1024;
const BACKLOG_LOOK_MS = 5;
/** One that has read nothing for this long is no longer waited for. What is written at once only counts as read at once. */
const STALLED_MS = 5_000;

export const createOutlet = ({ clients, webhook, rules, clock, signal, tell }: Deps): Inner => {
  const deliver = createDeliver(clock);
  const arrivals = new EventEmitter();
  const { sent, count } = createSent(clock);

  const receives = ({ state, gone }: Client) =>
    !gone.signal.aborted && (state === 'live' || (state === 'fading' && rules.displacement.overlap === 'both'));
  const receivers = (subscription?: string) =>
    [...clients()].filter(
      (client) => receives(client) && (subscription === undefined || client.subscription === subscription),
    );

  const readyWebhook = (): Webhook | undefined => {
    const hook = webhook();
    return hook?.isReady() ? hook : undefined;
  };

  return {
    sent,
    accepted: () => arrivals.emit('accepted'),
    send(events, subscription) {
      const texts = (Array.isArray(events) ? events : [events]).map((event: Sendable) =>
        typeof event === 'string' ? event : JSON.stringify(event),
      );
      for (const text of texts) tell(text);
      const frames = texts.map((text) => eventFrame(text, rules.contentAs));
      const to = receivers(subscription);
      for (const client of to) deliver(client, frames);
      const hook = readyWebhook();
      if (subscription === undefined) hook?.send(texts);
      const reached = to.length + (hook !== undefined && subscription === undefined ? 1 : 0);
      count(texts, reached);
      return reached;
    },
    sendFrame(frame, subscription) {
      const to = receivers(subscription);
      for (const client of to) write(client, [frame]);
      return to.length;
    },
    async drained() {
      for (const client of receivers()) {
        let least = Number.POSITIVE_INFINITY;
        let readAt = clock.monotonic();
        while (backlog(client) > BACKLOG_LIMIT && receives(client) && clock.monotonic() - readAt < STALLED_MS) {
          if (backlog(client) < least) readAt = clock.monotonic();
          least = Math.min(least, backlog(client));
          await clock.sleep(BACKLOG_LOOK_MS, signal);
        }
      }
      await readyWebhook()?.drained();
    },
    async connected() {
      if (receivers().length === 0 && readyWebhook() === undefined) await once(arrivals, 'accepted', { signal });
    },
  };
};
