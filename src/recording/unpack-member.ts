import { crc32 } from 'node:zlib';
import type { ByteQueue } from './byte-queue.ts';
import { GZIP_TRAILER_BYTES } from './gzip-header.ts';
import { createInflater } from './inflate.ts';

export type MemberEnd = 'whole' | 'cut off' | 'is damaged' | 'does not match its checksum';

/** How much is inflated at a time: deflate packs at most 1032:1, so that one step gives at most 16 MiB. */
const STEP_BYTES = 2 ** 14;

/** How far back the next member is looked for where one is damaged: damage shows some bytes after where it is. */
const LOOK_BACK_BYTES = 2 ** 16;

const NOTHING_NOW = Buffer.alloc(0);

/**
 * Yields the text of the gzip member whose header was just taken off the queue, and takes the member off. Of one that is
 * damaged or cut off the last bytes are put back, so that the next member can be looked for in them.
 */
export async function* unpackMember(queue: ByteQueue): AsyncGenerator<Buffer, MemberEnd> {
  const inflater = createInflater();
  let checksum = 0;
  let length = 0;
  let seen: Buffer = NOTHING_NOW;
  try {
    for (;;) {
      if (queue.bytes().length === 0) {
        const pulled = await queue.pull();
        if (pulled === 'none') yield NOTHING_NOW;
        if (pulled !== 'end') continue;
        queue.putBack(seen);
        return 'cut off';
      }
      const step = queue.bytes().subarray(0, STEP_BYTES);
      const { text, consumed, state } = await inflater.step(step);
      for (const part of text) {
        checksum = crc32(part, checksum);
        length += part.length;
        yield part;
      }
      if (state === 'damaged') {
        queue.putBack(seen);
        return 'is damaged';
      }
      seen = Buffer.concat([seen, step]).subarray(-LOOK_BACK_BYTES);
      queue.drop(consumed);
      if (state === 'ended') break;
    }
  } finally {
    inflater.close();
  }
  while (queue.bytes().length < GZIP_TRAILER_BYTES) {
    const pulled = await queue.pull();
    if (pulled === 'end') return 'cut off';
    if (pulled === 'none') yield NOTHING_NOW;
  }
  const trailer = queue.bytes();
  const matches = trailer.readUInt32LE(0) === checksum && trailer.readUInt32LE(4) === length % 2 ** 32;
  queue.drop(GZIP_TRAILER_BYTES);
  return matches ? 'whole' : 'does not match its checksum';
}
