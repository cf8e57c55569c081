import type { Arrival, Arrivals } from '../event/arrival.ts';

/**
 * How much text may wait for a slow reader before the sockets are paused: some three hundred events, more than one read
 * from the network brings. More would not be faster, and costs memory several times over. What was already read comes
 * on top, at most one read of 64 KiB or one large frame for each connection; the rest waits in the network's buffers.
 */
const FULL_AT = 256 * 1024;
/** Reading goes on once this much is left. */
const ROOM_AT = 64 * 1024;

/** What every arrival costs besides its text. */
const OVERHEAD = 200;

/** Something that can be told to stop and to go on reading. */
export type Valve = { pause(): void; resume(): void };

/** Where all connections put what arrives, and the one reader takes it from, in order. */
export type Inbox = {
  /** Takes it in any case: a socket has read it already, and can only be asked to read no more. */
  push(arrival: Arrival): void;
  /** Takes it if there is room; otherwise keeps nothing of it and answers false: a webhook's sender comes again. */
  offer(arrival: Arrival): boolean;
  /** Pauses and resumes a connection with the others; the answer takes it off again. */
  attach(valve: Valve): () => void;
  isFull(): boolean;
  /** Nothing more comes; what is there is still delivered. With an error, that is thrown after it. */
  end(error?: unknown): void;
  readonly arrivals: Arrivals;
};

/** `onFull` and `onRoom` tell when the reader falls behind and when it has caught up. */
export const createInbox = (onFull: () => void, onRoom: () => void): Inbox => {
  let waiting: Arrival[] = [];
  let size = 0;
  let full = false;
  let ended: { readonly error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const valves = new Set<Valve>();

  const fill = (): void => {
    full = true;
    for (const valve of valves) valve.pause();
    onFull();
  };
  const drain = (): void => {
    full = false;
    for (const valve of valves) valve.resume();
    onRoom();
  };

  async function* take(): AsyncGenerator<readonly Arrival[]> {
    for (;;) {
      while (waiting.length > 0) {
        const batch = waiting;
        const taken = size;
        waiting = [];
        yield batch;
        // Only now, when the reader asks for more, is the batch out of the memory.
        size -= taken;
        if (full && size <= ROOM_AT) drain();
      }
      if (ended) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (ended?.error !== undefined) throw ended.error;
  }

  const push = (arrival: Arrival): void => {
    waiting.push(arrival);
    size += costOf(arrival);
    if (!full && size > FULL_AT) fill();
    wake?.();
    wake = undefined;
  };

  return {
    push,
    offer(arrival) {
      if (full || ended) return false;
      push(arrival);
      return true;
    },
    attach(valve) {
      valves.add(valve);
      if (full) valve.pause();
      return () => valves.delete(valve);
    },
    isFull: () => full,
    end(error) {
      ended ??= { error };
      wake?.();
      wake = undefined;
    },
    arrivals: { [Symbol.asyncIterator]: take },
  };
};

const costOf = (arrival: Arrival): number => {
  if (arrival.kind === 'control') return OVERHEAD + arrival.frame.length;
  if (arrival.kind === 'lifecycle') return OVERHEAD + arrival.raw.length;
  const { packed, frame } = arrival;
  return OVERHEAD + (packed === undefined ? arrival.raw.length : packed.end - packed.start) + (frame?.length ?? 0);
};
