import type { Consumer, JsMsg } from '@nats-io/jetstream';
import { type Nats, openNats } from '../../engine/nats.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Arrival } from '../../event/arrival.ts';
import { iso, lifecycle } from '../../event/lifecycle.ts';
import type { Clock } from '../../time/clock.ts';
import type { Source, SourceDeps } from '../source.ts';
import { createRetries, type Retries } from '../zoom-socket/retries.ts';
import { durableConsumer, orderedConsumer, PREFETCH, streamOf } from './consumer.ts';
import type { StreamOptions } from './options.ts';
import { giveBack, isMore, request } from './request.ts';
import { toArrival } from './to-arrival.ts';

export type { StreamOptions } from './options.ts';

/** Reads events from a stream: in order and each once, or as a member of a durable group. */
export const openStream = (options: StreamOptions & { readonly isStartGiven: boolean }, deps: SourceDeps): Source => {
  const { clock, notify, signal, onLive } = deps;
  const { shown } = options.url;
  const state: Reading = { ready: false, last: undefined, left: undefined, gaps: 0, handled: () => {} };
  const retries = createRetries({
    ...{ clock, random: deps.random, notify, signal, maxRetries: options.maxRetries, subscription: shown },
    wasReady: () => state.ready,
  });
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });

  async function* arrivals(): AsyncGenerator<readonly Arrival[]> {
    try {
      while (!signal.aborted && state.left !== 0) {
        const session = await connected(options, deps, retries, state);
        if (session === undefined) return;
        try {
          yield* read(session, options, deps, state);
        } finally {
          onLive(false);
          await session.nats.nc.close().catch(() => {});
        }
        if (signal.aborted || state.left === 0) return;
        await retries
          .afterFailure(new ZoomWsError('unreachable', `${shown}: the connection was lost`), true)
          .catch((error) => {
            if (!signal.aborted) throw error;
          });
      }
    } finally {
      finish();
    }
  }

  return {
    arrivals: arrivals(),
    done,
    totals: () => ({ gaps: state.gaps, gapMs: 0 }),
    wasReady: () => state.ready,
    handled: (count) => state.handled(count),
  };
};

type Reading = {
  ready: boolean;
  /** The number of the last message that was read. */
  last: number | undefined;
  /** With `--until now`: how many messages are left. */
  left: number | undefined;
  gaps: number;
  /** Hears how many of the messages that were given last are handled. */
  handled: (count: number) => void;
};

type Session = { readonly nats: Nats; readonly consumer: Consumer; readonly missed: readonly Arrival[] };

/** A connection and a consumer, however many attempts that takes; undefined once the signal aborts. */
const connected = async (
  options: StreamOptions & { readonly isStartGiven: boolean },
  { clock, notify, signal, onLive }: SourceDeps,
  retries: Retries,
  state: Reading,
): Promise<Session | undefined> => {
  const { durable, url } = options;
  while (!signal.aborted) {
    let nats: Nats | undefined;
    try {
      nats = await openNats(url, signal);
      const info = await streamOf(nats, options);
      const consumer =
        durable === undefined
          ? await orderedConsumer(nats, options, state.last)
          : await durableConsumer(nats, { ...options, durable }, options.isStartGiven && !state.ready, notify);
      if (options.untilNow && state.left === undefined) state.left = (await consumer.info(true)).num_pending;
      const missed = durable === undefined ? missedSince(state, info.state.first_seq, clock) : [];
      retries.proven();
      notify({ kind: 'note', text: `ready${state.ready ? ' again' : ''}: reading from ${url.shown}` });
      state.ready = true;
      onLive(true);
      return { nats, consumer, missed };
    } catch (error) {
      await nats?.nc.close().catch(() => {});
      if (signal.aborted) return undefined;
      const known =
        error instanceof ZoomWsError
          ? error
          : new ZoomWsError('unreachable', `${url.shown}: ${reasonOf(error)}`, { cause: error });
      if (known.code !== 'unreachable' && !state.ready) throw known;
      await retries.afterFailure(known, false).catch((last) => {
        if (!signal.aborted) throw last;
      });
    }
  }
  return undefined;
};

/** What the stream dropped before it was read. */
const missedSince = (state: Reading, first: number, clock: Clock): readonly Arrival[] => {
  if (state.last === undefined || first <= state.last + 1) return [];
  state.gaps += 1;
  const at = clock.now();
  const facts = {
    from: iso(at),
    to: iso(at),
    reason: 'dropped by the stream before they were read',
    count: first - state.last - 1,
  };
  return [lifecycle('gap', at, facts)];
};

async function* read(
  { nats, consumer, missed }: Session,
  { durable, url }: StreamOptions,
  { clock, signal }: SourceDeps,
  state: Reading,
): AsyncGenerator<readonly Arrival[]> {
  if (missed.length > 0) yield missed;
  if (state.left === 0) return;
  let batch: JsMsg[] = [];
  let giveUp = () => {};
  signal.addEventListener('abort', () => giveUp());
  /** Not a race with one promise for the whole run: that promise would keep every message. */
  const nextOf = (pending: Promise<IteratorResult<JsMsg>>) =>
    new Promise<IteratorResult<JsMsg> | undefined>((resolve, reject) => {
      giveUp = () => resolve(undefined);
      if (signal.aborted) giveUp();
      pending.then(resolve, reject);
    });
  state.handled = (count) => {
    const handled = batch.slice(0, count);
    batch = batch.slice(count);
    if (durable !== undefined) for (const one of handled) one.ack();
    state.last = handled.at(-1)?.seq ?? state.last;
    if (state.left !== undefined) state.left -= handled.length;
  };
  do {
    const messages = await request(consumer, durable !== undefined);
    const iterator = messages[Symbol.asyncIterator]();
    const stop = () => messages.stop();
    nats.nc.closed().then(stop);
    let isWhole = false;
    let pending = iterator.next();
    try {
      for (;;) {
        const next = await nextOf(pending);
        if (next === undefined || next.done) break;
        batch.push(next.value);
        if (!isMore(messages) || batch.length >= PREFETCH || batch.length === state.left) {
          yield batch.map((one) => toArrival(one, url.subject, clock.now()));
        }
        if (state.left === 0) return;
        pending = iterator.next();
      }
      isWhole = !signal.aborted;
    } finally {
      if (!isWhole && durable !== undefined) await giveBack(batch, messages, iterator, pending, nats, clock);
      // Not awaited: an iterator that is left in the middle does not end by itself.
      messages.close().catch(() => {});
      iterator.return?.()?.catch(() => {});
    }
  } while (durable !== undefined && !signal.aborted && !nats.nc.isClosed());
}
