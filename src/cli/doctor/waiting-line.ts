import type { Terminal } from '../../host.ts';

/** A line on a terminal that says what is being waited for, and that goes away again. */
export type WaitingLine = { show(text: string): void; clear(): void };

const CLEAR = '\r\u001B[2K';

/** Silent off a terminal: in a log there is nothing to take back. */
export const createWaitingLine = (stderr: Terminal, quiet: boolean): WaitingLine => {
  if (!stderr.isTTY || quiet) return { show: () => {}, clear: () => {} };
  let isShown = false;
  return {
    show(text) {
      // One column less than there are: a full line would wrap, and then cannot be cleared.
      stderr.write(`${CLEAR}  ... ${text}`.slice(0, (stderr.columns ?? 80) + CLEAR.length - 1));
      isShown = true;
    },
    clear() {
      if (isShown) stderr.write(CLEAR);
      isShown = false;
    },
  };
};
