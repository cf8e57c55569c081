import type { Terminal } from '../../host.ts';
import type { Clock } from '../../time/clock.ts';
import { formatDuration } from '../../time/duration.ts';

/** A line on a terminal that says what is being waited for and how long, and that goes away again. */
export type WaitingLine = {
  /** A check is waited for. `listens`: whether it waits for events. */
  show(what: string, listens: boolean): void;
  /** From now on events are waited for, this many milliseconds. */
  listening(waitMs: number): void;
  clear(): void;
};

const CLEAR = '\r\u001B[2K';

/** Silent off a terminal: in a log there is nothing to take back. */
export const createWaitingLine = (stderr: Terminal, clock: Clock, quiet: boolean): WaitingLine => {
  if (!stderr.isTTY || quiet) return { show: () => {}, listening: () => {}, clear: () => {} };
  let text: (() => string) | undefined;
  let over = new AbortController();
  let listensUntil: number | undefined;

  const draw = (): void => {
    // One column less than there are: a full line would wrap, and then cannot be cleared.
    stderr.write(`${CLEAR}  ... ${text?.() ?? ''}`.slice(0, (stderr.columns ?? 80) + CLEAR.length - 1));
  };
  const tick = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      draw();
      await clock.sleep(1000, signal).catch(() => {});
    }
  };
  const clear = (): void => {
    if (text !== undefined) stderr.write(CLEAR);
    text = undefined;
    over.abort();
  };
  return {
    clear,
    listening: (waitMs) => {
      listensUntil = clock.monotonic() + waitMs;
    },
    show(what, listens) {
      clear();
      over = new AbortController();
      const since = clock.monotonic();
      text = () => {
        const now = clock.monotonic();
        const left = listens && listensUntil !== undefined ? listensUntil - now : 0;
        if (left > 0) return `listening, ${Math.ceil(left / 1000)} s left: start a meeting now`;
        const waited = now - since;
        return waited < 1000 ? what : `${what} (for ${formatDuration(Math.floor(waited / 1000) * 1000)})`;
      };
      void tick(over.signal);
    },
  };
};
