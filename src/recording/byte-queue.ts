/** Bytes in the order they stand in a file. An empty one means: nothing more at the moment. */
export type Chunks = AsyncIterable<Buffer>;

/** The bytes that were read and not yet used. */
export type ByteQueue = {
  readonly bytes: () => Buffer;
  /** Takes bytes off the front. */
  drop(count: number): void;
  /** Puts bytes back to the front. */
  putBack(bytes: Buffer): void;
  /** How many bytes were taken off so far, less those that were put back. */
  readonly dropped: () => number;
  /** Adds the next chunk: 'none' if there is nothing at the moment, 'end' if nothing more will come. */
  pull(): Promise<'some' | 'none' | 'end'>;
  close(): Promise<void>;
};

export const createByteQueue = (chunks: Chunks): ByteQueue => {
  const input = chunks[Symbol.asyncIterator]();
  let bytes: Buffer = Buffer.alloc(0);
  let dropped = 0;
  return {
    bytes: () => bytes,
    dropped: () => dropped,
    drop(count) {
      dropped += count;
      bytes = bytes.subarray(count);
    },
    putBack(before) {
      dropped -= before.length;
      bytes = Buffer.concat([before, bytes]);
    },
    async pull() {
      const next = await input.next();
      if (next.done) return 'end';
      if (next.value.length === 0) return 'none';
      // Copied in either case: the giver may use its buffer again.
      bytes = Buffer.concat([bytes, next.value]);
      return 'some';
    },
    async close() {
      await input.return?.();
    },
  };
};
