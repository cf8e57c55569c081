import type { Terminal } from '../host.ts';

/** Shows that something is going on, until something is said. */
export type Spinner = { start(text: string): void; stop(): void };

/**
 * A spinner on a terminal. Only for the time before anything is written there; `stop` takes it off again.
 * The only importer of ora, which is loaded when the spinner first turns.
 */
export const createSpinner = (terminal: Terminal): Spinner => {
  let text: string | undefined;
  let turning: { stop(): unknown } | undefined;
  return {
    start(next) {
      const isFirst = text === undefined;
      text = next;
      if (!isFirst) return;
      import('ora').then(({ default: ora }) => {
        if (text === undefined) return;
        // stdin is not ours to read, and the cursor may belong to whoever stops us.
        turning = ora({ text, stream: terminal, discardStdin: false, hideCursor: false }).start();
      });
    },
    stop() {
      text = undefined;
      turning?.stop();
      turning = undefined;
    },
  };
};
