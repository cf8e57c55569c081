import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Host } from '../../host.ts';

/** Asks one question after the other on the terminal. */
export type Prompter = {
  /** The line that is typed, without its end; a secret one is not shown. Rejects at the end of the input, and at a stop. */
  ask(question: string, kind?: 'shown' | 'secret'): Promise<string>;
  /** Whether the answer is yes. */
  confirm(question: string): Promise<boolean>;
  close(): void;
};

export const createPrompter = (
  { stdin, stderr }: Pick<Host, 'stdin' | 'stderr'>,
  signal: AbortSignal,
  onInterrupt: () => void,
): Prompter => {
  let isShown = false;
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (isShown) stderr.write(chunk);
      done();
    },
  });
  const lines: string[] = [];
  let isOver = false;
  let wake = (): void => {};
  // As a terminal: what is typed is shown by us alone, or not at all. One reader for all questions, so that what was
  // typed ahead is not lost.
  const reader = createInterface({ input: stdin, output: echo, terminal: true, historySize: 0 });
  reader.on('line', (line) => {
    // At once: what was typed ahead of a question may be the secret.
    isShown = false;
    lines.push(line);
    wake();
  });
  reader.on('close', () => {
    isOver = true;
    wake();
  });
  // Ctrl-C is a key here, and no signal.
  reader.on('SIGINT', onInterrupt);
  signal.addEventListener('abort', () => wake());

  const ask = async (question: string, kind: 'shown' | 'secret' = 'shown'): Promise<string> => {
    stderr.write(question);
    isShown = kind === 'shown';
    while (lines.length === 0 && !isOver && !signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (!isShown) stderr.write('\n');
    isShown = false;
    signal.throwIfAborted();
    const line = lines.shift();
    if (line === undefined) throw new EndOfInput();
    return line;
  };
  return {
    ask,
    confirm: async (question) => /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim()),
    close: () => reader.close(),
  };
};

/** The terminal was closed, or Ctrl-D typed, where an answer was expected. */
export class EndOfInput extends Error {
  override readonly name = 'EndOfInput';
}
