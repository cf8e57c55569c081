import { type Nats, openNats } from '../../engine/nats.ts';
import type { NatsUrl } from '../../engine/url.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Clock } from '../../time/clock.ts';
import type { Destination, Item, Session } from '../publish/index.ts';
import { NotStored, WRONG_STREAM } from './answer.ts';
import { createKnownIds } from './known-ids.ts';
import { publishBatch } from './publish-batch.ts';
import { findStream } from './stream.ts';
import { subjectOf } from './subject.ts';

/** So many messages are on their way at once: more is not faster. */
const IN_FLIGHT = 512;

export type JetStreamParts = {
  readonly create: boolean;
  readonly clock: Clock;
  /** Told what was made with `--to-create`. */
  readonly onMade: (text: string) => void;
};

/** A stream of NATS JetStream as a destination. */
export const jetStreamDestination = (url: NatsUrl, { create, clock, onMade }: JetStreamParts): Destination => {
  /** Once the stream was seen, "no JetStream" means a cluster without a leader, which passes. */
  let wasSeen = false;
  return {
    shown: url.shown,
    takesLifecycle: true,
    batch: IN_FLIGHT,
    async connect(signal) {
      const nats = await openNats(url, signal);
      try {
        const info = await findStream(nats.manager, url, create, onMade);
        await checkSubjects(nats, url);
        await tryPermission(nats, url, clock);
        wasSeen = true;
        return sessionOf(nats, url, info.config.duplicate_window, clock);
      } catch (error) {
        await nats.nc.close().catch(() => {});
        throw refusalOf(url, error, wasSeen);
      }
    },
  };
};

const sessionOf = (nats: Nats, url: NatsUrl, windowNanos: number, clock: Clock): Session => {
  const { nc, headers } = nats;
  const parts = { nc, headers, stream: url.stream, prefix: url.subject, clock };
  return {
    publish: (items) => publishBatch(items, { ...parts, inbox: nats.inbox() }),
    known: createKnownIds(nats, url, windowNanos / 2e6, clock),
    lost: nc.closed().then((error) => error ?? new Error('the connection was closed')),
    close: () => nc.close(),
  };
};

/** A publish that the stream must reject, because it names another stream: it tells whether we may publish at all. */
const tryPermission = async ({ nc, headers, inbox }: Nats, url: NatsUrl, clock: Clock): Promise<void> => {
  const probe: Item = {
    id: 'probe',
    type: 'zoom_ws.probe',
    text: '{}',
    receivedAt: '',
    subscription: '',
  };
  const forbidden = forbiddenBy(nc);
  const trying = publishBatch([probe], {
    ...{ nc, headers, inbox: inbox(), clock },
    ...{ stream: `not-${url.stream}`, prefix: url.subject },
  });
  try {
    await Promise.race([trying, forbidden]);
  } catch (error) {
    if (error instanceof NotStored && error.code === WRONG_STREAM) return;
    throw error;
  }
};

/** Rejects when the server says that something is not permitted; resolves when the connection ends. */
const forbiddenBy = async (nc: Nats['nc']): Promise<never | undefined> => {
  for await (const status of nc.status()) {
    if (status.type === 'error' && /permissions violation/i.test(status.error.message)) throw status.error;
  }
  return undefined;
};

/** Throws `refused` where the stream does not take what we publish. */
const checkSubjects = async ({ manager }: Nats, { stream, subject, shown }: NatsUrl): Promise<void> => {
  const found = await manager.streams.find(subjectOf(subject, 'meeting.started')).catch(() => undefined);
  if (found === stream) return;
  throw new ZoomWsError(
    'refused',
    `${shown}: the subjects ${subject}.> ${found === undefined ? 'belong to no stream' : `belong to the stream "${found}"`}, expected "${stream}".`,
    { hint: `Add the subject ${subject}.> to the stream, or name its prefix in the URL: ?subject=…` },
  );
};

const refusalOf = ({ shown }: NatsUrl, error: unknown, wasSeen: boolean): ZoomWsError => {
  if (error instanceof ZoomWsError) return error;
  const words = reasonOf(error);
  if (/permissions violation/i.test(words)) {
    return new ZoomWsError('refused', `${shown} does not permit it: ${words}.`, {
      hint: 'Give this user permission to publish to the subject, and to ask JetStream for the stream.',
      cause: error,
    });
  }
  if (!wasSeen && /jetstream is not enabled|no responders/i.test(words)) {
    return new ZoomWsError('refused', `${shown}: the server has no JetStream.`, {
      hint: 'Start nats-server with -js, or enable JetStream for this account.',
      cause: error,
    });
  }
  return new ZoomWsError('unreachable', `${shown}: ${words}.`, { cause: error });
};
