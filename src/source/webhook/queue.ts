import type { Arrival, Arrivals } from '../../event/arrival.ts';

/** Events between the requests that bring them and the one reader who takes them, in order and in bounded memory. */
export type Queue = {
  /** Whether an event of so many bytes finds room. What the reader is busy with still counts. */
  hasRoom(bytes: number): boolean;
  /** Whether one more event would be refused whatever its size. */
  isFull(): boolean;
  push(arrival: Arrival, bytes: number): void;
  /** Nothing more comes; what is there is still delivered. */
  end(): void;
  readonly arrivals: Arrivals;
};

/** Of events' texts, however few they are. */
const MOST_BYTES = 16_000_000;

/** `onRoom` is told when half of a queue of `most` events or more is free again. */
export const createQueue = (most: number, onRoom: () => void): Queue => {
  let waiting: Arrival[] = [];
  let waitingBytes = 0;
  let count = 0;
  let bytes = 0;
  let isEnded = false;
  let wake: (() => void) | undefined;

  async function* take(): AsyncGenerator<readonly Arrival[]> {
    for (;;) {
      while (waiting.length > 0) {
        const batch = waiting;
        const size = waitingBytes;
        waiting = [];
        waitingBytes = 0;
        yield batch;
        // Only now, when the reader asks for more, is the batch out of the memory.
        for (const { kind } of batch) if (kind === 'event') count -= 1;
        bytes -= size;
        if (count * 2 <= most && bytes * 2 <= MOST_BYTES) onRoom();
      }
      if (isEnded) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    // One that is larger than the queue is taken where nothing else waits: it would otherwise come for ever.
    hasRoom: (size) => count === 0 || (count < most && bytes + size <= MOST_BYTES),
    isFull: () => count >= most || bytes >= MOST_BYTES,
    push(arrival, size) {
      waiting.push(arrival);
      waitingBytes += size;
      bytes += size;
      if (arrival.kind === 'event') count += 1;
      wake?.();
      wake = undefined;
    },
    end() {
      isEnded = true;
      wake?.();
      wake = undefined;
    },
    arrivals: { [Symbol.asyncIterator]: take },
  };
};
