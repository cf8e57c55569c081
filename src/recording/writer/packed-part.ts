import type { FileHandle } from 'node:fs/promises';
import { type PackedMember, packMember } from './pack-member.ts';
import type { Part } from './part.ts';
import { sync } from './plain-part.ts';

/** How long a member grows. After a crash the last one is read again; ending it costs some 30 bytes and a new dictionary. */
const MEMBER_BYTES = 2 ** 20;

/** What deflate may add to text that cannot be packed: 5 bytes per 16 KiB block, and a flush. */
const overheadOf = (length: number): number => 64 + Math.ceil(length / 2 ** 14) * 5;

/** Lines as gzip members (RFC 1952). Each flush ends on a byte: what is cut off behind it can be read up to there. */
export const createPackedPart = (file: FileHandle, startSize: number): Part => {
  let written = startSize;
  let unflushed = 0;
  let member: PackedMember | undefined;

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
      member ??= packMember(written);
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
