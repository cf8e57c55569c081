import { open, rename, rm } from 'node:fs/promises';
import { type Entry, entryIn, lineOf } from './entry.ts';
import { readLines } from './read-lines.ts';

/** Bytes that are written at once. */
const BLOCK = 1 << 16;

/** Writes a ledger anew with the last line of each key, and puts it in the old one's place in one step. */
export const compact = async (path: string): Promise<void> => {
  const last = new Map<string, number>();
  let number = 0;
  for await (const line of readLines(path)) {
    const entry = entryIn(line);
    number += 1;
    if (entry !== undefined) last.set(entry.k, number);
  }
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    let block = '';
    number = 0;
    for await (const line of readLines(path)) {
      const entry = entryIn(line);
      number += 1;
      if (entry === undefined || last.get(entry.k) !== number || isSettled(entry)) continue;
      const { n: _, ...kept } = entry;
      block += lineOf(kept as Entry);
      if (block.length < BLOCK) continue;
      await file.write(block);
      block = '';
    }
    await file.write(block);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
};

/** Whether an entry says no more than its absence would. */
const isSettled = (entry: Entry): boolean => entry.t === 'done' || (entry.t === 'event' && entry.s === 'free');
