import type { Nats } from '../../engine/nats.ts';
import type { NatsUrl } from '../../engine/url.ts';
import type { Clock } from '../../time/clock.ts';
import type { Item } from '../publish/index.ts';

/** Another publisher may have received the same event a little earlier. */
const EARLIER_MS = 60_000;

const NONE: ReadonlySet<string> = new Set();

/**
 * Finds the ids of old items that are in the stream already: those that waited for longer than half of the duplicate
 * window, so that the server may have forgotten them. The headers of the stream are read once, from the oldest of them
 * on, at about 100,000 a second; what is stored afterwards the server still knows. Takes some 100 bytes of memory an id.
 */
export const createKnownIds = (
  { client, nc }: Nats,
  { stream, subject }: NatsUrl,
  halfWindowMs: number,
  clock: Pick<Clock, 'now'>,
) => {
  let known: ReadonlySet<string> | undefined;
  return async (items: readonly Item[]): Promise<ReadonlySet<string>> => {
    const times = items.map(({ receivedAt }) => Date.parse(receivedAt)).filter((time) => !Number.isNaN(time));
    const oldest = Math.min(...times);
    // The spool is in order: the first old items are the oldest of all.
    if (!(clock.now() - oldest > halfWindowMs)) return NONE;
    known ??= await read(oldest - EARLIER_MS);
    return known;
  };

  async function read(from: number): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    const consumer = await client.consumers.get(stream, {
      filter_subjects: `${subject}.>`,
      deliver_policy: 'by_start_time' as never,
      opt_start_time: new Date(from).toISOString(),
      headers_only: true,
    });
    let left = (await consumer.info(true)).num_pending;
    if (left === 0) return ids;
    const messages = await consumer.consume();
    nc.closed().then(() => messages.stop());
    for await (const message of messages) {
      const id = message.headers?.get('Nats-Msg-Id');
      if (id !== undefined) ids.add(id);
      left -= 1;
      if (left <= 0) break;
    }
    messages.stop();
    if (nc.isClosed()) throw new Error('the connection was lost while the stream was read');
    return ids;
  }
};
