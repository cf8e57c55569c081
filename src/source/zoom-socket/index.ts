import { setMaxListeners } from 'node:events';
import type { Connection as ConnectionSettings } from '../../config/connection.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import { proxyFor } from '../../http/proxy.ts';
import { createTokenKeeper } from '../../oauth/token-keeper.ts';
import { socketUrl } from '../../zoom/socket-url.ts';
import type { Subscription } from '../../zoom/subscription.ts';
import { createInbox } from '../inbox.ts';
import { createSlowReaderWatch } from '../slow-reader.ts';
import type { Source, SourceDeps } from '../source.ts';
import { openConnection } from './connection.ts';
import { createDisplacement, type OnDisplaced } from './displacement.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import { createLedger } from './ledger.ts';
import { createRetries } from './retries.ts';
import { keepSubscription } from './subscription.ts';
import { createTracker } from './tracker.ts';

export { type Connection, openConnection } from './connection.ts';
export type { Ending } from './ending.ts';
export type { HeartbeatOptions } from './heartbeat.ts';

export type ZoomSocketOptions = {
  readonly settings: ConnectionSettings;
  readonly heartbeat: HeartbeatOptions;
  /** Undefined: ten until the first connection was accepted, unlimited after it. */
  readonly maxRetries: number | undefined;
  readonly onDisplaced: OnDisplaced;
  /** Whether frames are wanted besides the events. */
  readonly wantsFrames: boolean;
  /** Whether notices of frames are shown (`-vv`). */
  readonly showsFrames: boolean;
};

/** Reads Zoom's events from all subscriptions side by side, and keeps them connected. */
export const openZoomSocket = (options: ZoomSocketOptions, deps: SourceDeps): Source => {
  const { settings } = options;
  const { clock, notify, secrets, env } = deps;
  const failed = new AbortController();
  const signal = AbortSignal.any([deps.signal, failed.signal]);
  // Every subscription listens to it several times; Node would warn of more than ten as of a leak.
  setMaxListeners(0, signal);
  const slowReader = createSlowReaderWatch(clock, notify);
  const inbox = createInbox(slowReader.onFull, slowReader.onRoom);
  const ledger = createLedger(clock, inbox.push, deps.onLive);
  const keeper = createTokenKeeper(settings.credentials, settings.oauthUrl, { env, clock, secrets, notify, signal });

  /** The subscriptions that were ever accepted, and have not been given up. */
  const proven = new Set<string>();

  const keep = (subscription: Subscription): Promise<void> => {
    const { id } = subscription;
    const proxy = proxyFor(subscription.url, env);
    const track = createTracker(id, { ledger, clock, notify, emit: inbox.push, signal });
    return keepSubscription({
      subscription: id,
      keeper,
      clock,
      notify,
      signal,
      emit: inbox.push,
      retries: createRetries({
        ...deps,
        maxRetries: options.maxRetries,
        wasReady: ledger.wasReady,
        subscription: id,
        signal,
      }),
      displacement: createDisplacement(options.onDisplaced, id, clock, notify),
      connect: async (token, emit) => {
        const connection = await openConnection(socketUrl(subscription, token), {
          subscription: id,
          proxy,
          emit,
          onAccepted(connection) {
            proven.add(id);
            track(connection);
          },
          inbox,
          heartbeat: options.heartbeat,
          wantsFrames: options.wantsFrames,
          showsFrames: options.showsFrames,
          clock,
          notify,
          mask: secrets.mask,
        });
        const retire = () => connection.retire();
        signal.addEventListener('abort', retire);
        connection.ended.then(() => signal.removeEventListener('abort', retire));
        if (signal.aborted) retire();
        return connection;
      },
    });
  };

  const run = async (): Promise<void> => {
    let left = settings.subscriptions.length;
    let fatal: unknown;
    const one = async (subscription: Subscription): Promise<void> => {
      try {
        await keep(subscription);
      } catch (error) {
        if (signal.aborted) return;
        left -= 1;
        proven.delete(subscription.id);
        // Losing one of several subscriptions ends only that one, once another has shown that it works.
        if (proven.size > 0 && error instanceof ZoomWsError) {
          return notify({ kind: 'subscription-ended', why: reasonOf(error), hint: error.hint, left });
        }
        fatal ??= error;
        failed.abort(error);
      }
    };
    const stop = () => ledger.close();
    signal.addEventListener('abort', stop);
    await Promise.all(settings.subscriptions.map(one));
    ledger.close();
    slowReader.stop();
    inbox.end(fatal);
  };
  const done = run().catch(inbox.end);

  return { arrivals: inbox.arrivals, done, totals: ledger.totals, wasReady: ledger.wasReady };
};
