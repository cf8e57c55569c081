import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of the spool. */
export type Segment = { readonly number: number; readonly path: string; readonly size: number };

const NAME = /^(\d{8,15})\.ndjson$/;

export const segmentPath = (folder: string, number: number): string =>
  join(folder, `${String(number).padStart(8, '0')}.ndjson`);

/**
 * The segments of a spool, oldest first. The end of a line that a crash has cut is taken off: it was never sent, because an
 * event is sent only when all of it is in the spool.
 */
export const readSegments = async (folder: string): Promise<readonly Segment[]> => {
  const numbers = (await readdir(folder))
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const number of numbers) {
    const path = segmentPath(folder, number);
    segments.push({ number, path, size: await cutBrokenLine(path) });
  }
  return segments;
};

const LINE_FEED = 0x0a;
const BLOCK = 65_536;

/** Cuts the file behind its last line feed; answers with its size then. */
const cutBrokenLine = async (path: string): Promise<number> => {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const block = Buffer.alloc(Math.min(BLOCK, size));
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - block.length);
      const { bytesRead } = await file.read(block, 0, end - start, start);
      const at = block.lastIndexOf(LINE_FEED, bytesRead - 1);
      if (at >= 0) {
        if (start + at + 1 < size) await file.truncate(start + at + 1);
        return start + at + 1;
      }
      end = start;
    }
    if (size > 0) await file.truncate(0);
    return 0;
  } finally {
    await file.close();
  }
};
