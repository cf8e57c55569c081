import { type ByteQueue, type Chunks, createByteQueue } from './byte-queue.ts';
import { GZIP_MAGIC, gzipHeaderLength } from './gzip-header.ts';
import { unpackMember } from './unpack-member.ts';

const NOTHING_NOW = Buffer.alloc(0);

/**
 * The text of gzip members, one after the other. A member that was cut off gives all text that its bytes hold; where one
 * is damaged, reading goes on at the next that begins after it. `onDamage` is told of what is wrong, in words.
 */
export async function* unpack(chunks: Chunks, onDamage: (why: string) => void): AsyncGenerator<Buffer> {
  const queue = createByteQueue(chunks);
  try {
    for (;;) {
      const length = gzipHeaderLength(queue.bytes());
      if (length === 'short') {
        const pulled = await queue.pull();
        if (pulled === 'none') yield NOTHING_NOW;
        if (pulled !== 'end') continue;
        if (queue.bytes().length > 0) onDamage('the compressed data is cut off');
        return;
      }
      if (length === 'none') {
        // Zeros fill up the last block of some devices; gzip passes them over too.
        const padding = zerosAtFront(queue.bytes());
        queue.drop(padding);
        if (padding > 0) continue;
        onDamage('bytes that are not gzip stand between the compressed parts');
        if (!(await seekMember(queue))) return;
        continue;
      }
      queue.drop(length);
      const end = yield* unpackMember(queue);
      if (end === 'whole') continue;
      onDamage(`the compressed data ${end === 'cut off' ? 'is cut off' : end}`);
      // What follows a member that was cut off in the middle of the file is first taken for its own bytes.
      if (end !== 'does not match its checksum' && !(await seekMember(queue))) return;
    }
  } finally {
    await queue.close();
  }
}

const zerosAtFront = (bytes: Buffer): number => {
  const end = bytes.findIndex((byte) => byte !== 0);
  return end < 0 ? bytes.length : end;
};

/** Passes over bytes, at least one, until a member begins; false if none does. */
const seekMember = async (queue: ByteQueue): Promise<boolean> => {
  queue.drop(1);
  for (;;) {
    const at = queue.bytes().indexOf(GZIP_MAGIC);
    if (at >= 0) {
      queue.drop(at);
      return true;
    }
    queue.drop(Math.max(0, queue.bytes().length - GZIP_MAGIC.length + 1));
    if ((await queue.pull()) === 'end') return false;
  }
};
