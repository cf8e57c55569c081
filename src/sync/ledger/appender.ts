import type { FileHandle } from 'node:fs/promises';

/** Appends lines; those that ask for it are on disk when their promise resolves. */
export type Appender = {
  append(line: string, onDisk: boolean): Promise<void>;
  close(): Promise<void>;
};

type Waiting = {
  readonly line: string;
  readonly onDisk: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** What comes while a write is under way goes into the next one, so that many share one sync. */
export const createAppender = (file: FileHandle): Appender => {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await file.write(batch.map(({ line }) => line).join(''));
        if (batch.some(({ onDisk }) => onDisk)) await file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = undefined;
  };
  return {
    append: (line, onDisk) =>
      new Promise((resolve, reject) => {
        waiting.push({ line, onDisk, resolve, reject });
        writing ??= write();
      }),
    async close() {
      await writing;
      await file.datasync();
      await file.close();
    },
  };
};
