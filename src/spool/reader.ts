import { type FileHandle, open } from 'node:fs/promises';
import type { Position } from './position.ts';
import { segmentPath } from './segments.ts';

/** One line of the spool, without its line feed, and the position behind it. */
export type Entry = { readonly line: Buffer; readonly end: Position };

/** Reads the spool in order. */
export type SpoolReader = {
  /** The next entries, up to `end`; empty where there are none yet. A position that was passed is not read again. */
  next(end: Position): Promise<readonly Entry[]>;
  close(): Promise<void>;
};

const LINE_FEED = 0x0a;
/** How much is read at once; a longer line is read in one piece. */
const BLOCK = 262_144;

export const createSpoolReader = (folder: string, from: Position): SpoolReader => {
  let at = from;
  let file: { readonly segment: number; readonly handle: FileHandle } | undefined;

  const openAt = async (segment: number): Promise<FileHandle> => {
    if (file?.segment === segment) return file.handle;
    await file?.handle.close();
    file = { segment, handle: await open(segmentPath(folder, segment), 'r') };
    return file.handle;
  };

  const read = async (end: Position): Promise<readonly Entry[]> => {
    const handle = await openAt(at.segment);
    // Of a segment that is not the newest everything may be read.
    const limit = at.segment === end.segment ? end.offset : (await handle.stat()).size;
    for (let length = BLOCK; at.offset < limit; length *= 2) {
      const block = Buffer.allocUnsafe(Math.min(length, limit - at.offset));
      const { bytesRead } = await handle.read(block, 0, block.length, at.offset);
      const entries = entriesOf(block.subarray(0, bytesRead), at);
      const last = entries.at(-1);
      if (last !== undefined) {
        at = last.end;
        return entries;
      }
      if (bytesRead < length) return [];
    }
    return [];
  };

  return {
    async next(end) {
      for (;;) {
        const entries = await read(end);
        if (entries.length > 0 || at.segment >= end.segment) return entries;
        at = { segment: at.segment + 1, offset: 0 };
      }
    },
    async close() {
      await file?.handle.close();
      file = undefined;
    },
  };
};

const entriesOf = (block: Buffer, { segment, offset }: Position): Entry[] => {
  const entries: Entry[] = [];
  let start = 0;
  for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, start)) {
    entries.push({ line: block.subarray(start, end), end: { segment, offset: offset + end + 1 } });
    start = end + 1;
  }
  return entries;
};
