import { constants, createInflateRaw } from 'node:zlib';

/** What one step of inflating gave: the text, how many bytes it took, and whether the stream goes on. */
export type Inflated = {
  readonly text: readonly Buffer[];
  readonly consumed: number;
  readonly state: 'more' | 'ended' | 'damaged';
};

/** One deflate stream, read step by step. */
export type Inflater = { step(bytes: Buffer): Promise<Inflated>; close(): void };

/** Inflates one raw deflate stream (RFC 1951). All text that a step can give is given by that step, none is held back. */
export const createInflater = (): Inflater => {
  const inflate = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 2 ** 16 });
  let text: Buffer[] = [];
  let state: Inflated['state'] = 'more';
  let settle = () => {};
  inflate.on('data', (chunk: Buffer) => text.push(chunk));
  inflate.on('end', () => {
    state = 'ended';
    settle();
  });
  inflate.on('error', () => {
    state = 'damaged';
    settle();
  });
  return {
    async step(bytes) {
      text = [];
      const before = inflate.bytesWritten;
      await new Promise<void>((resolve) => {
        settle = resolve;
        // Where the stream ends inside `bytes`, the end is told one turn later than the bytes are taken.
        inflate.write(bytes, () => {
          if (inflate.bytesWritten - before === bytes.length) resolve();
        });
      });
      return { text, consumed: inflate.bytesWritten - before, state };
    },
    close: () => inflate.close(),
  };
};
