import type { Writable } from 'node:stream';
import { reasonOf, ZoomWsError } from '../errors.ts';

/** What a stream says when its reader has gone: a normal end (`| head`). EOF is how Windows says it. */
const READER_GONE = new Set(['EPIPE', 'EOF', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** Where finished lines go, and whoever reads them there. */
export type StreamSink = {
  /**
   * Takes text that ends in a line break, as a string or in UTF-8; resolves when the stream can take more.
   * Rejects with a `ZoomWsError` when the text cannot be kept (a full disk).
   */
  write(text: string | Buffer): Promise<void>;
  /** Resolves when all that was written has left the process. */
  close(): Promise<void>;
  /** Aborted when the reader has gone (`| head`): a normal end, not an error. */
  readonly gone: AbortSignal;
  /** Gives the reader up: what waits for it is no longer waited for. */
  abandon(): void;
};

/**
 * A writable stream that is waited for: waits until the stream can take more, knows when the reader has gone.
 * `name` is how messages call it ("stdout").
 */
export const streamSink = (stream: Writable, name: string): StreamSink => {
  const gone = new AbortController();
  const broken = new AbortController();
  let failure: ZoomWsError | undefined;

  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (READER_GONE.has(error.code ?? '')) return gone.abort();
    failure = new ZoomWsError('output', `Writing to ${name} failed: ${reasonOf(error)}.`, {
      hint: error.code === 'ENOSPC' ? 'The disk is full: make room, or write elsewhere.' : undefined,
      cause: error,
    });
    broken.abort();
  });
  stream.on('close', () => {
    // After a failure the stream closes too; that is no reader who left.
    if (!failure) gone.abort();
  });

  /** Resolves when `begin` calls back, or when there is no use in waiting any longer. */
  const settled = (begin: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      const done = () => {
        gone.signal.removeEventListener('abort', done);
        broken.signal.removeEventListener('abort', done);
        resolve();
      };
      gone.signal.addEventListener('abort', done);
      broken.signal.addEventListener('abort', done);
      begin(done);
    });

  return {
    gone: gone.signal,
    abandon: () => gone.abort(),
    async write(text) {
      if (failure) throw failure;
      if (gone.signal.aborted || stream.write(text)) return;
      await settled((done) => stream.once('drain', done));
      if (failure) throw failure;
    },
    async close() {
      if (failure) throw failure;
      if (gone.signal.aborted) return;
      await settled((done) => stream.write('', () => done()));
      if (failure) throw failure;
    },
  };
};
