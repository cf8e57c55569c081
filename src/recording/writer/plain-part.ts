import type { FileHandle } from 'node:fs/promises';
import type { Part } from './part.ts';

/** Lines as they are: in the hands of the operating system at once, on the disk with `flush`. */
export const createPlainPart = (file: FileHandle, startSize: number): Part => {
  let size = startSize;
  return {
    async write(lines) {
      await file.appendFile(lines);
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
    size: () => size,
  };
};

/** Brings what was written to the disk. A device that cannot do that (`/dev/null`) says EINVAL. */
export const sync = async (file: FileHandle): Promise<void> => {
  await file.datasync().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EINVAL' && error.code !== 'ENOTSUP') throw error;
  });
};
