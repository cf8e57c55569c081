import type { FileHandle } from 'node:fs/promises';
import { type PackedMember, packMember } from './pack-member.ts';
import { type Part, refuseTruncated, Truncated } from './part.ts';
import { sync } from './plain-part.ts';

/** How long a member grows. After a crash the last one is read again; ending it costs some 30 bytes and a new dictionary. */
const MEMBER_BYTES = 2 ** 20;

/** How many bytes of lines are kept between two flushes, in case somebody truncates the file. */
const MOST_UNFLUSHED = 2 ** 22;

/** What deflate may add to text that cannot be packed: 5 bytes per 16 KiB block, and a flush. */
const overheadOf = (length: number): number => 64 + Math.ceil(length / 2 ** 14) * 5;

/** Lines as gzip members (RFC 1952). Each flush ends on a byte: what is cut off behind it can be read up to there. */
export const createPackedPart = (file: FileHandle, startSize: number): Part => {
  let written = startSize;
  let unflushed = 0;
  let kept: Buffer[] = [];
  let member: PackedMember | undefined;

  const append = async (bytes: Buffer): Promise<void> => {
    if (bytes.length === 0) return;
    // The middle of a member at the start of a file would make all that follows it unreadable.
    await refuseTruncated(file, written);
    await file.appendFile(bytes);
    written += bytes.length;
  };
  const flushed = (): void => {
    unflushed = 0;
    kept = [];
  };
  const end = async (): Promise<void> => {
    if (member === undefined) return;
    await append(await member.end());
    member = undefined;
    flushed();
  };
  const flush = async (): Promise<void> => {
    if (member === undefined || unflushed === 0) return;
    await append(await member.flush());
    flushed();
  };
  return {
    async write(lines) {
      member ??= packMember(written);
      unflushed += lines.length;
      kept.push(lines);
      await append(await member.write(lines));
      if (member.length() >= MEMBER_BYTES) await end();
      else if (unflushed >= MOST_UNFLUSHED) await flush();
    },
    flush,
    sync: () => sync(file),
    async close() {
      try {
        await end();
        await sync(file);
      } catch (error) {
        if (!(error instanceof Truncated)) await file.close();
        throw error;
      }
      await file.close();
    },
    async abandon() {
      await file.close();
      return Buffer.concat(kept);
    },
    size: () => written + (member === undefined ? 0 : unflushed + overheadOf(unflushed)),
  };
};
