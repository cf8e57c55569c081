import type { IncomingMessage } from 'node:http';

export type BodyReader = {
  /** So many bytes more are held; negative once they are no longer. */
  onBytes(more: number): void;
  /** Called once; nothing more is read into memory. */
  onTooLarge(): void;
  /** Called once, with all of it. */
  onWhole(body: Buffer): void;
};

const NOTHING = Buffer.alloc(0);

/** Reads a request's body into memory, up to `most` bytes. One that breaks off is never heard of. */
export const readBody = (request: IncomingMessage, most: number, reader: BodyReader): void => {
  let chunks: Buffer[] = [];
  let size = 0;
  let isOver = false;
  const end = (): void => {
    isOver = true;
    reader.onBytes(-size);
    chunks = [];
  };
  request.on('data', (chunk: Buffer) => {
    if (isOver) return;
    size += chunk.length;
    reader.onBytes(chunk.length);
    if (size <= most) return void chunks.push(chunk);
    end();
    reader.onTooLarge();
  });
  request.on('end', () => {
    if (isOver) return;
    const body = chunks.length === 1 ? (chunks[0] ?? NOTHING) : Buffer.concat(chunks);
    end();
    reader.onWhole(body);
  });
  request.on('error', () => {});
  request.on('close', () => {
    if (!isOver) end();
  });
};
