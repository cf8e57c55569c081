import type { Consumer, ConsumerConfig, StreamInfo } from '@nats-io/jetstream';
import type { Nats } from '../../engine/nats.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import type { DurableOptions, StreamOptions } from './options.ts';

const NANOS_PER_MS = 1e6;
/** So many messages are asked for at once; of a durable consumer fewer, because each must be confirmed in time. */
export const PREFETCH = 500;
export const DURABLE_PREFETCH = 100;

/** A consumer that gives every message once, in order; `after`: the last message that was read. */
export const orderedConsumer = (
  { client }: Nats,
  { url, start, filter }: StreamOptions,
  after: number | undefined,
): Promise<Consumer> =>
  client.consumers.get(url.stream, {
    filter_subjects: filter ?? `${url.subject}.>`,
    ...(after === undefined
      ? beginning(start)
      : { deliver_policy: 'by_start_sequence' as never, opt_start_seq: after + 1 }),
  });

/** A consumer whose position the server keeps. Throws `usage` for a known name with another `--event`. */
export const durableConsumer = async (
  { client, manager }: Nats,
  options: StreamOptions & { readonly durable: DurableOptions },
  isStartGiven: boolean,
  notify: Notify,
): Promise<Consumer> => {
  const { url, start, filter, durable } = options;
  const known = await manager.consumers.info(url.stream, durable.name).catch(() => undefined);
  if (known === undefined) {
    await manager.consumers.add(url.stream, {
      durable_name: durable.name,
      ack_policy: 'explicit',
      ack_wait: durable.ackWaitMs * NANOS_PER_MS,
      max_ack_pending: PREFETCH,
      filter_subject: filter ?? `${url.subject}.>`,
      description: JSON.stringify(durable.filters),
      ...beginning(start),
    } as Partial<ConsumerConfig>);
  } else {
    compare(known.config, durable, isStartGiven, notify);
  }
  return client.consumers.get(url.stream, durable.name);
};

const beginning = (start: StreamOptions['start']): object => {
  if (start === 'new') return { deliver_policy: 'new' as never };
  if (start === 'all') return { deliver_policy: 'all' as never };
  return { deliver_policy: 'by_start_time' as never, opt_start_time: new Date(start).toISOString() };
};

const compare = (
  config: ConsumerConfig,
  { name, ackWaitMs, filters }: DurableOptions,
  isStartGiven: boolean,
  notify: Notify,
): void => {
  const warn = (text: string) => notify({ kind: 'warning', text: `--durable ${name} is known already: ${text}` });
  const theirs = filtersIn(config.description);
  if (theirs !== undefined && JSON.stringify(theirs.event) !== JSON.stringify(filters.event)) {
    throw new ZoomWsError(
      'usage',
      `--durable ${name} is known with --event ${theirs.event.join(',') || '(all)'}, expected the same here, not ${filters.event.join(',') || 'all'}.`,
      { hint: 'Give the same --event, or another name.' },
    );
  }
  if (theirs !== undefined && (!same(theirs.where, filters.where) || !same(theirs.meeting, filters.meeting))) {
    warn('another --where or --meeting; an event is dropped by whichever member filters it out');
  }
  if (isStartGiven) warn('--since is left out, reading goes on where it stopped');
  if (Number(config.ack_wait) !== ackWaitMs * NANOS_PER_MS) {
    warn(`its --ack-wait of ${Number(config.ack_wait) / NANOS_PER_MS / 1_000} s stays`);
  }
};

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const filtersIn = (description: string | undefined): DurableOptions['filters'] | undefined => {
  try {
    const value = JSON.parse(description ?? '') as DurableOptions['filters'];
    return Array.isArray(value.event) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The stream. Throws `refused` where there is none. */
export const streamOf = async ({ manager }: Nats, { url }: StreamOptions): Promise<StreamInfo> => {
  try {
    return await manager.streams.info(url.stream);
  } catch (error) {
    if (!/stream not found/i.test(error instanceof Error ? error.message : '')) throw error;
    throw new ZoomWsError('refused', `${url.shown}: there is no stream "${url.stream}".`, {
      hint: 'Check the name in the URL. A publisher makes one with --to-create.',
      cause: error,
    });
  }
};
