import type { FileHandle } from 'node:fs/promises';
import { type Part, refuseTruncated } from './part.ts';

/** Lines as they are: in the hands of the operating system at once, on the disk with `flush`. A device has no size. */
export const createPlainPart = (file: FileHandle, startSize: number, hasSize: boolean): Part => {
  let size = startSize;
  let kept: Buffer = Buffer.alloc(0);
  return {
    async write(lines) {
      kept = lines;
      if (hasSize) await refuseTruncated(file, size);
      await file.appendFile(lines);
      kept = Buffer.alloc(0);
      size += lines.length;
    },
    flush: async () => {},
    sync: () => sync(file),
    async close() {
      try {
        await sync(file);
      } finally {
        await file.close();
      }
    },
    async abandon() {
      await file.close();
      return kept;
    },
    size: () => size,
  };
};

/** Brings what was written to the disk. A device that cannot do that (`/dev/null`) says EINVAL. */
export const sync = async (file: FileHandle): Promise<void> => {
  await file.datasync().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EINVAL' && error.code !== 'ENOTSUP') throw error;
  });
};
