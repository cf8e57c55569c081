import type { Arrival } from '../event/arrival.ts';
import { proxyFor } from '../http/proxy.ts';
import type { Secret } from '../secret.ts';
import { type Connection, type Ending, openConnection } from '../source/zoom-socket/index.ts';
import { socketUrl } from '../zoom/socket-url.ts';
import type { Subscription } from '../zoom/subscription.ts';
import type { DoctorWorld } from './world.ts';

/** One connection under observation. Times are on `clock.monotonic()`, in milliseconds. */
export type Line = {
  readonly subscription: Subscription;
  readonly outcome: Promise<'accepted' | Ending>;
  /** How long it took until Zoom's answer, or until it was over. */
  readonly answeredAfterMs: () => number;
  /** Resolves with the round trip of the first heartbeat that was answered. */
  readonly heartbeat: Promise<number>;
  readonly ended: Promise<Ending>;
  /** How it ended and how long after its acceptance; undefined as long as it lives. */
  readonly end: () => { readonly ending: Ending; readonly afterMs: number } | undefined;
  readonly connection: Connection;
};

type LineDeps = Pick<DoctorWorld, 'env' | 'clock' | 'secrets' | 'notify' | 'options'> & {
  readonly onArrival: (arrival: Arrival) => void;
};

/** Nothing is held back here: events are counted and forgotten. */
const NO_INBOX = { attach: () => () => {} };

/** Opens a connection to a subscription and watches it. The first heartbeat goes out as soon as it is accepted. */
export const openLine = async (subscription: Subscription, token: Secret, deps: LineDeps): Promise<Line> => {
  const { clock, options, env, secrets } = deps;
  let answered: (roundTripMs: number) => void = () => {};
  const heartbeat = new Promise<number>((resolve) => {
    answered = resolve;
  });
  const dialledAt = clock.monotonic();
  const connection = await openConnection(socketUrl(subscription, token), {
    subscription: subscription.id,
    proxy: proxyFor(subscription.url, env),
    emit: deps.onArrival,
    onAccepted: () => {},
    inbox: NO_INBOX,
    heartbeat: { ...options.heartbeat, atOnce: true },
    wantsFrames: false,
    showsFrames: true,
    clock,
    mask: secrets.mask,
    notify: deps.notify,
    onHeartbeat: answered,
  });
  let answeredAt = dialledAt;
  let end: ReturnType<Line['end']>;
  const outcome = connection.outcome.then((result) => {
    answeredAt = clock.monotonic();
    return result;
  });
  const ended = connection.ended.then((ending) => {
    end = { ending, afterMs: clock.monotonic() - answeredAt };
    return ending;
  });
  return {
    subscription,
    connection,
    outcome,
    answeredAfterMs: () => answeredAt - dialledAt,
    heartbeat,
    ended,
    end: () => end,
  };
};
