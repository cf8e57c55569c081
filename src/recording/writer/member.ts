import { GZIP_MAGIC } from '../gzip-header.ts';

/** The deflate block that says "the last one", with nothing in it (RFC 1951, 3.2.6): fits wherever a flush ended. */
export const EMPTY_LAST_BLOCK = Buffer.of(0x03, 0x00);

/** What a flush ends with: the lengths of an empty stored block (RFC 1951, 3.2.4). */
export const FLUSH_MARK = Buffer.of(0x00, 0x00, 0xff, 0xff);

/** The end of a gzip member: CRC-32 and length of its text. */
export const gzipTrailer = (checksum: number, length: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(checksum, 0);
  bytes.writeUInt32LE(length % 2 ** 32, 4);
  return bytes;
};

const HAS_EXTRA = 4;
const UNKNOWN_SYSTEM = 255;

/** Our extra field (RFC 1952, 2.3.1.1), "ZW": where in the file the member begins, 8 bytes, little endian. */
const EXTRA = Buffer.of(0x0c, 0x00, 0x5a, 0x57, 0x08, 0x00);

const FIXED = Buffer.concat([GZIP_MAGIC, Buffer.of(HAS_EXTRA, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM), EXTRA]);

/**
 * The header of a member that begins at `offset`. It says so itself: that is how, after a crash, the last member of a
 * large file is found from its end, and a lookalike in packed data is told from it.
 */
export const memberHeader = (offset: number): Buffer => {
  const place = Buffer.alloc(8);
  place.writeBigUInt64LE(BigInt(offset));
  return Buffer.concat([FIXED, place]);
};

/** Where the last member of ours begins in `bytes`, which stand at `base` in the file; undefined if none does. */
export const lastMemberIn = (bytes: Buffer, base: number): number | undefined => {
  for (let at = bytes.lastIndexOf(FIXED); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(FIXED, at - 1)) {
    const place = at + FIXED.length;
    if (place + 8 <= bytes.length && bytes.readBigUInt64LE(place) === BigInt(base + at)) return base + at;
  }
  return undefined;
};
