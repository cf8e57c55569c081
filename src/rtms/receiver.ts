import type { Arrival } from '../event/arrival.ts';
import type { Notify } from '../notice/notice.ts';
import { createHeldStream, type HeldStream, type StreamWorld } from './stream/held-stream.ts';
import type { StreamEnd } from './stream/parts.ts';
import type { OpenTakers } from './stream/taker.ts';
import { REVOKED } from './wire/codes.ts';
import type { SigningKey } from './wire/signature.ts';
import type { StreamNews, StreamStart } from './wire/start-event.ts';

/** Many sockets opened at once stall the event loop; one stream begins this long after the one before. */
const STAGGER_MS = 15;

export type ReceiverParts = Omit<StreamWorld, 'openTakers' | 'key' | 'emit'> & {
  readonly openTakers: OpenTakers;
  /** The key for a product: an SDK's for Video SDK, the app's for all others. */
  readonly keyFor: (start: StreamStart) => SigningKey;
  readonly emit: (arrival: Arrival) => void;
  readonly notify: Notify;
  readonly maxStreams: number;
  /** Whether a stream is one that was asked for (`--meeting`). */
  readonly wants: (start: StreamStart) => boolean;
  /** A stream that is not ours was revoked: what was saved of it must go. */
  readonly onRevoked: (streamId: string) => void;
  /** Told how each stream ended. */
  readonly onEnd: (start: StreamStart, end: StreamEnd) => void;
};

/** Takes streams as they start, several at once, and lets each go when it ends. */
export type Receiver = {
  hear(news: StreamNews): void;
  /** Streams that are open now, and how many there were. */
  live(): number;
  taken(): number;
  repeats(): number;
  /** Resolves when no stream is open. */
  idle(): Promise<void>;
};

export const createReceiver = (parts: ReceiverParts): Receiver => {
  const { notify, clock, signal } = parts;
  const streams = new Map<string, HeldStream>();
  const open = new Set<Promise<unknown>>();
  let taken = 0;
  let repeats = 0;
  let nextAt = 0;
  let saidFull = 0;

  const take = (start: StreamStart): void => {
    if (streams.size >= parts.maxStreams) {
      saidFull += 1;
      if (saidFull <= 3) {
        notify({
          kind: 'warning',
          text: `stream ${start.streamId} was not taken: ${streams.size} streams are open, and --max-streams allows no more`,
        });
      }
      return;
    }
    taken += 1;
    const wait = Math.max(0, nextAt - clock.monotonic());
    nextAt = Math.max(nextAt, clock.monotonic()) + STAGGER_MS;
    const stream = createHeldStream(start, { ...parts, key: parts.keyFor(start) }, wait);
    streams.set(start.streamId, stream);
    const done = stream.done.then((end) => {
      streams.delete(start.streamId);
      parts.onEnd(start, end);
    });
    open.add(done);
    done.finally(() => open.delete(done));
  };

  return {
    live: () => streams.size,
    taken: () => taken,
    repeats: () => repeats,
    async idle() {
      while (open.size > 0) await Promise.allSettled([...open]);
    },
    hear(news) {
      if (signal.aborted) return;
      switch (news.kind) {
        case 'malformed':
          return notify({ kind: 'warning', text: `a start event was passed over: ${news.complaints.join('; ')}` });
        case 'started': {
          const { start } = news;
          const known = streams.get(start.streamId);
          if (!known) return parts.wants(start) ? take(start) : undefined;
          if (sameAddresses(known.start.urls, start.urls)) repeats += 1;
          else known.failover(start);
          return;
        }
        case 'interrupted':
          return streams.get(news.streamId)?.interrupt(news.urls);
        case 'stopped': {
          const known = streams.get(news.streamId);
          if (known) return known.stop(news.reason);
          if (news.reason === REVOKED) parts.onRevoked(news.streamId);
          return;
        }
        default:
          news satisfies never;
      }
    },
  };
};

const sameAddresses = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((url) => b.includes(url));
