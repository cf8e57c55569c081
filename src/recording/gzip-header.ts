/** How a gzip member begins (RFC 1952, 2.3): magic, deflate. */
export const GZIP_MAGIC = Uint8Array.of(0x1f, 0x8b, 0x08);

/** CRC-32 and length of the text, each 4 bytes, little endian. */
export const GZIP_TRAILER_BYTES = 8;

const FIXED_BYTES = 10;
const HAS_HEADER_CRC = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const RESERVED = 0xe0;

/** How long the header at the beginning of `bytes` is; 'short' if it goes on beyond them, 'none' if there is none. */
export const gzipHeaderLength = (bytes: Buffer): number | 'short' | 'none' => {
  for (const [index, byte] of GZIP_MAGIC.entries()) {
    if (index >= bytes.length) return 'short';
    if (bytes[index] !== byte) return 'none';
  }
  if (bytes.length < FIXED_BYTES) return 'short';
  const flags = bytes.readUInt8(3);
  if (flags & RESERVED) return 'none';
  let length = FIXED_BYTES;
  if (flags & HAS_EXTRA) {
    if (bytes.length < length + 2) return 'short';
    length += 2 + bytes.readUInt16LE(length);
  }
  for (const text of [HAS_NAME, HAS_COMMENT]) {
    if (!(flags & text)) continue;
    const end = bytes.indexOf(0, length);
    if (end < 0) return 'short';
    length = end + 1;
  }
  if (flags & HAS_HEADER_CRC) length += 2;
  return length <= bytes.length ? length : 'short';
};
