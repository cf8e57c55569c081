import { constants, crc32, createDeflateRaw } from 'node:zlib';
import { EMPTY_LAST_BLOCK, gzipTrailer, memberHeader } from './member.ts';

/**
 * Level 6 halves the speed for a twentieth less; events are so alike that the low levels pack them to an eighth.
 */
const LEVEL = 3;

/** A gzip member that is being written. */
export type PackedMember = {
  /** Each gives the bytes that are ready for the file. */
  write(text: Buffer): Promise<Buffer>;
  flush(): Promise<Buffer>;
  end(): Promise<Buffer>;
  /** Packed bytes so far. */
  length(): number;
};

/** Begins the member that stands at `offset` of its file. */
export const packMember = (offset: number): PackedMember => {
  const deflate = createDeflateRaw({ level: LEVEL, memLevel: 9 });
  let ready: Buffer[] = [memberHeader(offset)];
  let length = 0;
  let checksum = 0;
  let textLength = 0;
  deflate.on('data', (bytes: Buffer) => ready.push(bytes));
  const take = (): Buffer => {
    const bytes = Buffer.concat(ready);
    ready = [];
    length += bytes.length;
    return bytes;
  };
  const settled = (begin: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => begin((error) => (error ? reject(error) : resolve())));
  const flush = async (): Promise<Buffer> => {
    await settled((done) => deflate.flush(constants.Z_SYNC_FLUSH, done));
    return take();
  };
  return {
    async write(text) {
      checksum = crc32(text, checksum);
      textLength += text.length;
      await settled((done) => deflate.write(text, done));
      return take();
    },
    flush,
    async end() {
      // The same end that a repair writes after a flush: one way to end a member.
      const rest = await flush();
      deflate.close();
      return Buffer.concat([rest, EMPTY_LAST_BLOCK, gzipTrailer(checksum, textLength)]);
    },
    length: () => length,
  };
};
