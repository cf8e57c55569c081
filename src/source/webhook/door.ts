import type { Delivery } from '../../event/arrival.ts';
import { identityText } from '../../event/identity.ts';
import { PackedEvent } from '../../event/packed-event.ts';
import { createTextArena } from '../../event/text-arena.ts';
import type { Reply } from '../../serve/hardened-server.ts';
import type { Clock } from '../../time/clock.ts';
import type { WebhookOptions } from './options.ts';
import type { Queue } from './queue.ts';
import { createSeen } from './repeats.ts';

/** Zoom waits 3 s for an answer; this leaves it time to travel. */
const PATIENCE_MS = 2_500;

const ACCEPTED: Reply = { status: 200 };
export const UNAVAILABLE: Reply = { status: 503, headers: { 'retry-after': '60' } };

export type Door = {
  /** Lets an event in, once: the answer for whoever brought it. */
  enter(event: { readonly body: Buffer; readonly type: string; readonly requestId: string | undefined }): Waited;
  readonly repeats: () => number;
};

type Waited = Reply | Promise<Reply>;

type DoorParts = {
  readonly options: Pick<WebhookOptions, 'ack' | 'maxAgeMs' | 'passes' | 'wantsFrames'>;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly onFull: () => void;
};

/** Puts events into the queue, drops repeats of what was queued, and knows when each may be acknowledged. */
export const createDoor = ({ options, clock, queue, onFull }: DoorParts): Door => {
  const texts = createTextArena();
  const seen = createSeen(clock, options.maxAgeMs);
  /** What is still on its way to the disk, by its text. */
  const underway = new Map<string, Promise<boolean>>();
  let repeats = 0;

  const pack = (body: Buffer, type: string): PackedEvent => {
    const bytes = body.includes(0x0a) || body.includes(0x0d) ? Buffer.from(onOneLine(body.toString())) : body;
    const { arena, at } = texts.room(bytes.length);
    bytes.copy(arena, at);
    return new PackedEvent(texts.take(at + bytes.length), type, clock.now(), 'webhook');
  };
  const deliveryOf = (body: Buffer, type: string): Delivery =>
    options.wantsFrames
      ? {
          kind: 'event',
          raw: onOneLine(body.toString()),
          type,
          receivedAt: clock.now(),
          subscription: 'webhook',
          frame: body.toString(),
        }
      : pack(body, type);

  const withReceipt = (delivery: Delivery, key: string): [Delivery, Promise<boolean>] => {
    let settle = (_isKept: boolean): void => {};
    const settled = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    underway.set(key, settled);
    const receipt = {
      kept(): void {
        underway.delete(key);
        settle(true);
      },
      lost(): void {
        underway.delete(key);
        seen.forget(key);
        settle(false);
      },
    };
    return [Object.assign(delivery, { receipt }), settled];
  };
  const answerOf = async (settled: Promise<boolean>): Promise<Reply> => {
    const late = new AbortController();
    const over = clock.sleep(PATIENCE_MS, late.signal).then(
      () => false,
      () => false,
    );
    const isKept = await Promise.race([settled, over]);
    late.abort();
    return isKept ? ACCEPTED : UNAVAILABLE;
  };

  return {
    repeats: () => repeats,
    enter({ body, type, requestId }) {
      const key = identityOf(body);
      const before = underway.get(key);
      if (before !== undefined) {
        repeats += 1;
        return answerOf(before);
      }
      if (seen.isRepeat(key)) {
        repeats += 1;
        return ACCEPTED;
      }
      if (!queue.hasRoom(body.length)) {
        seen.forget(key);
        onFull();
        return UNAVAILABLE;
      }
      const plain = deliveryOf(body, type);
      const named = requestId === undefined ? plain : Object.assign(plain, { requestId });
      if (options.ack === 'received' || !options.passes(named)) {
        queue.push(named, body.length);
        return ACCEPTED;
      }
      const [delivery, settled] = withReceipt(named, key);
      queue.push(delivery, body.length);
      return answerOf(settled);
    },
  };
};

/** The text by which a repeat is known: as for every other source, it leaves out a token that is made anew each time. */
const identityOf = (body: Buffer): string => {
  const identity = identityText({ raw: onOneLine(body.toString()) });
  return typeof identity === 'string' ? identity : Buffer.from(identity).toString();
};

/** Inside JSON strings a line break is always escaped, so a real one stands between tokens and means nothing. */
const onOneLine = (json: string): string => json.replace(/[\r\n]+/g, '');
