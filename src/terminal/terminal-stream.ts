import { createWriteStream } from 'node:fs';
import { clearLine, cursorTo, type Direction, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import type { Terminal } from '../host.ts';

/** Descriptor 1 or 2, as Node made it: a terminal, a pipe or a file. */
export type OutputStream = WriteStream & { readonly fd: 1 | 2 };

/**
 * A terminal that is written to without blocking. Node writes to terminals synchronously: a terminal that was stopped
 * (Ctrl-S) would stop the whole process, heartbeats included. A file stream on the same descriptor writes in a thread
 * of its own. What a spinner needs of a terminal is here too.
 */
export const terminalStream = (terminal: OutputStream): Terminal => {
  const stream = createWriteStream('', { fd: terminal.fd, autoClose: false });
  // A pseudo-terminal of no known size says 0, which would be an endless line or a division by nothing.
  const size = {
    columns: { get: () => terminal.columns || undefined },
    rows: { get: () => terminal.rows || undefined },
  };
  return Object.defineProperties(
    Object.assign(stream, {
      isTTY: true as const,
      clearLine: (direction: Direction, done?: () => void) => clearLine(stream, direction, done),
      cursorTo: (x: number, y?: number, done?: () => void) => cursorTo(stream, x, y, done),
      moveCursor: (dx: number, dy: number, done?: () => void) => moveCursor(stream, dx, dy, done),
    }),
    size,
  );
};
