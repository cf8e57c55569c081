import type { FileHandle } from 'node:fs/promises';
import { constants, crc32, createDeflateRaw } from 'node:zlib';
import { EMPTY_LAST_BLOCK, gzipTrailer, memberHeader } from './member.ts';
import type { Part } from './part.ts';
import { sync } from './plain-part.ts';

/**
 * Level 6 halves the speed for a twentieth less; events are so alike that the low levels pack them to an eighth.
 */
const LEVEL = 3;

/** How long a member grows. After a crash the last one is read again; ending it costs some 30 bytes and a new dictionary. */
const MEMBER_BYTES = 2 ** 20;

/** What deflate may add to text that cannot be packed: 5 bytes per 16 KiB block, and a flush. */
const overheadOf = (length: number): number => 64 + Math.ceil(length / 2 ** 14) * 5;

/** Lines as gzip members (RFC 1952). Each flush ends on a byte: what is cut off behind it can be read up to there. */
export const createPackedPart = (file: FileHandle, startSize: number): Part => {
  let written = startSize;
  let unflushed = 0;
  let member: Member | undefined;

  const append = async (bytes: Buffer): Promise<void> => {
    if (bytes.length === 0) return;
    await file.appendFile(bytes);
    written += bytes.length;
  };
  const end = async (): Promise<void> => {
    if (member === undefined) return;
    await append(await member.end());
    member = undefined;
    unflushed = 0;
  };
  return {
    async write(lines) {
      if (member && member.length() >= MEMBER_BYTES) await end();
      member ??= createMember(memberHeader(written));
      unflushed += lines.length;
      await append(await member.write(lines));
    },
    async flush() {
      if (member === undefined || unflushed === 0) return;
      await append(await member.flush());
      unflushed = 0;
    },
    sync: () => sync(file),
    async close() {
      try {
        await end();
        await sync(file);
      } finally {
        await file.close();
      }
    },
    size: () => written + (member === undefined ? 0 : unflushed + overheadOf(unflushed)),
  };
};

type Member = {
  /** Each gives the bytes that are ready for the file. */
  write(text: Buffer): Promise<Buffer>;
  flush(): Promise<Buffer>;
  end(): Promise<Buffer>;
  /** Packed bytes so far. */
  length(): number;
};

const createMember = (header: Buffer): Member => {
  const deflate = createDeflateRaw({ level: LEVEL, memLevel: 9 });
  let ready: Buffer[] = [header];
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
