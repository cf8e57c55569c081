import type { Clock } from '../../time/clock.ts';

/** How many bytes may wait before `push` makes the caller wait. */
const MOST_WAITING = 2 ** 22;

/** Lines between whoever appends and the writer. */
export type LineQueue = {
  /** Resolves when more can be taken; rejects once the queue has failed. */
  push(lines: string): Promise<void>;
  /** All that waits, joined; empty if nothing does. */
  take(): Buffer;
  /** Nothing more will be pushed. */
  end(): void;
  /** Whether it has ended and everything was taken. */
  readonly isDone: () => boolean;
  fail(error: Error): void;
  /** Ends a wait for something, though nothing was pushed. */
  wake(): void;
  /** Resolves when there is something to take, when the queue has ended or failed, or after `ms`. */
  somethingOr(ms: number | undefined): Promise<void>;
};

export const createLineQueue = (clock: Pick<Clock, 'sleep'>): LineQueue => {
  let waiting: Buffer[] = [];
  let length = 0;
  let isEnded = false;
  let failure: Error | undefined;
  let pushed = createGate();
  let taken = createGate();
  return {
    async push(lines) {
      if (failure) throw failure;
      // Bytes at once: a text that was put together of pieces would be copied twice.
      const bytes = Buffer.from(lines);
      waiting.push(bytes);
      length += bytes.length;
      pushed.open();
      while (length > MOST_WAITING && !failure) await taken.opened;
      if (failure) throw failure;
    },
    take() {
      const lines = Buffer.concat(waiting);
      waiting = [];
      length = 0;
      taken.open();
      taken = createGate();
      pushed = createGate();
      return lines;
    },
    end() {
      isEnded = true;
      pushed.open();
    },
    isDone: () => isEnded && length === 0,
    fail(error) {
      failure = error;
      pushed.open();
      taken.open();
    },
    wake: () => pushed.open(),
    async somethingOr(ms) {
      if (length > 0 || isEnded || failure) return;
      if (ms === undefined) return pushed.opened;
      const timer = new AbortController();
      const timedOut = clock.sleep(ms, timer.signal).catch(() => {});
      await Promise.race([pushed.opened, timedOut]);
      timer.abort();
    },
  };
};

/** Something that others wait for. */
const createGate = (): { readonly open: () => void; readonly opened: Promise<void> } => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};
