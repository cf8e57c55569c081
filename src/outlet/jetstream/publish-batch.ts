import { gzipSync } from 'node:zlib';
import type { MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../time/clock.ts';
import type { Item, Outcome } from '../publish/index.ts';
import { NotStored, outcomeOf } from './answer.ts';
import { subjectOf } from './subject.ts';

/** Without a confirmation for this long everything unconfirmed is sent again: a frozen server raises no error. */
const SILENT_MS = 5_000;

export type BatchParts = {
  readonly nc: NatsConnection;
  readonly headers: () => MsgHdrs;
  readonly inbox: string;
  readonly stream: string;
  readonly prefix: string;
  readonly clock: Clock;
};

/**
 * Publishes the items without waiting in between, and counts the confirmations by hand: one reply subject for all costs a
 * fifth of a request for each. Rejects when the connection is lost or silent.
 */
export const publishBatch = (items: readonly Item[], parts: BatchParts): Promise<readonly Outcome[]> => {
  const { nc, inbox, clock } = parts;
  const outcomes = new Array<Outcome | undefined>(items.length);
  let missing = items.length;
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const end = (error?: unknown): void => {
      if (settled.signal.aborted) return;
      settled.abort();
      subscription.unsubscribe();
      if (error === undefined) resolve(outcomes as readonly Outcome[]);
      else reject(error);
    };
    const note = (index: number, outcome: Outcome): void => {
      if (outcomes[index] !== undefined) return;
      outcomes[index] = outcome;
      missing -= 1;
      heardAt = clock.monotonic();
      if (missing === 0) end();
    };
    let heardAt = clock.monotonic();
    const subscription = nc.subscribe(`${inbox}.*`, {
      callback(error, message) {
        if (error) return end(error);
        try {
          if (message.headers?.code === 503) throw new NotStored('no stream takes this subject', 503);
          note(Number(message.subject.slice(inbox.length + 1)), outcomeOf(message.string()));
        } catch (failure) {
          end(failure);
        }
      },
    });
    nc.closed().then((error) => end(error ?? new Error('the connection was closed')));
    watchSilence(() => heardAt, clock, settled.signal).then(end, () => {});
    for (const [index, item] of items.entries()) {
      const refusal = send(item, `${inbox}.${index}`, parts);
      if (refusal !== undefined) note(index, refusal);
    }
  });
};

/** Resolves with an error when nothing was heard for too long; rejects when the signal aborts. */
const watchSilence = async (heardAt: () => number, clock: Clock, signal: AbortSignal): Promise<Error> => {
  for (;;) {
    const left = heardAt() + SILENT_MS - clock.monotonic();
    if (left <= 0) return new Error(`no confirmation for ${SILENT_MS / 1000} s`);
    await clock.sleep(left, signal);
  }
};

/** Sends one message; answers with the reason where it is too large even when it is compressed. */
const send = (item: Item, reply: string, { nc, headers, stream, prefix }: BatchParts): Outcome | undefined => {
  const most = nc.info?.max_payload ?? Number.POSITIVE_INFINITY;
  const header = headers();
  header.set('Nats-Msg-Id', item.id);
  header.set('Nats-Expected-Stream', stream);
  if (item.receivedAt !== '') header.set('Zoom-Ws-Received-At', item.receivedAt);
  if (item.subscription !== '') header.set('Zoom-Ws-Subscription', plain(item.subscription));
  let payload: Uint8Array = Buffer.from(item.text);
  // The server counts the headers too.
  const room = most - HEADER_ROOM;
  if (payload.length > room) {
    payload = gzipSync(payload);
    header.set('Content-Encoding', 'gzip');
  }
  if (payload.length > room)
    return { refused: `it is larger than the server takes (max_payload ${most}), even compressed` };
  nc.publish(subjectOf(prefix, item.type), payload, { headers: header, reply });
  return undefined;
};

const HEADER_ROOM = 1_024;

/** A header holds one line of visible ASCII. */
const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, '_').slice(0, 200);
