import type { FileHandle } from 'node:fs/promises';

/** Thrown where the file is shorter than what was written to it: somebody truncated it (logrotate's `copytruncate`). */
export class Truncated extends Error {
  override readonly name = 'Truncated';
}

/** The file that is being appended to. Not to be called again before the last call has resolved. */
export type Part = {
  /** Appends whole lines. They reach the file now, or with the next flush. This and what follows throw `Truncated`. */
  write(lines: Buffer): Promise<void>;
  /** Resolves when everything is in the file, and can be read from it. */
  flush(): Promise<void>;
  /** Resolves when what is in the file is on the disk. May run beside the others. */
  sync(): Promise<void>;
  /** Ends what has an end, brings everything to the disk and closes the file. */
  close(): Promise<void>;
  /** Closes the file as it stands, and answers with the lines since the last flush: they are in no readable file. */
  abandon(): Promise<Buffer>;
  /** The size of the file at most: exact after `flush`. */
  size(): number;
};

/** Throws `Truncated` where the file does not have the size that it must have by now. */
export const refuseTruncated = async (file: FileHandle, written: number): Promise<void> => {
  if ((await file.stat()).size < written) throw new Truncated();
};
