import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Nats } from '../../engine/nats.ts';
import type { Clock } from '../../time/clock.ts';
import { DURABLE_PREFETCH, PREFETCH } from './consumer.ts';

/** How long one request of a durable consumer stands; then the next is made. */
const REQUEST_MS = 30_000;

/**
 * Asks for messages: of a durable consumer for a bounded number at a time, so that at the end it is known what was sent to
 * us and can be given back.
 */
export const request = (consumer: Consumer, isDurable: boolean): Promise<ConsumerMessages> =>
  isDurable
    ? consumer.fetch({ max_messages: DURABLE_PREFETCH, expires: REQUEST_MS })
    : consumer.consume({ max_messages: PREFETCH });

/** At the end this long is waited for what is on its way to us; what comes later goes out again after --ack-wait. */
const GIVE_BACK_MS = 200;

/** What was sent to us and not handed on goes to another reader at once. */
export const giveBack = async (
  batch: readonly JsMsg[],
  messages: ConsumerMessages,
  iterator: AsyncIterator<JsMsg>,
  pending: Promise<IteratorResult<JsMsg>>,
  { nc }: Nats,
  clock: Clock,
): Promise<void> => {
  const rest = [...batch];
  const late = clock.sleep(GIVE_BACK_MS).then(() => undefined);
  let coming = pending;
  for (;;) {
    const next = await Promise.race([coming, late]);
    if (next === undefined || next.done) break;
    if (!rest.includes(next.value)) rest.push(next.value);
    coming = iterator.next();
  }
  // Only now: what is given back earlier would come to us again.
  messages.stop();
  for (const one of rest) one.nak();
  await Promise.race([nc.flush().catch(() => {}), clock.sleep(GIVE_BACK_MS)]);
};

/** Whether messages are there already that were not looked at. */
export const isMore = (messages: ConsumerMessages): boolean => messages.getReceived() > messages.getProcessed();
