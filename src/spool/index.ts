import { rm } from 'node:fs/promises';
import type { Clock } from '../time/clock.ts';
import { type Position, readPosition, writePosition } from './position.ts';
import { createSpoolReader, type Entry } from './reader.ts';
import { readSegments, type Segment, segmentPath } from './segments.ts';
import { createSpoolWriter } from './writer.ts';

export type { Position } from './position.ts';
export type { Entry } from './reader.ts';

/** What is still to be published, on disk: written before it is sent, deleted when it is confirmed. */
export type Spool = {
  /** Appends whole lines, each with its line feed. Throws the file system's error; then nothing of them is kept. */
  append(lines: Buffer): Promise<void>;
  /** The next entries that were not read yet, in order; waits for some. Empty once the signal aborts. */
  next(signal: AbortSignal): Promise<readonly Entry[]>;
  /** Begins to read again behind what is confirmed: what was sent without an answer is sent once more. */
  rewind(): Promise<void>;
  /** Everything before this position is published. Segments that lie before it are deleted, once that is on disk. */
  confirm(position: Position): Promise<void>;
  /** How many bytes wait to be confirmed. */
  waiting(): number;
  /** Resolves when everything, the position too, is on disk. */
  close(): Promise<void>;
};

/** The position costs two syncs of the disk; what a crash makes us send again, the destination knows by its id. */
const STORE_EVERY_MS = 1_000;

/**
 * Opens the spool in a folder of its own, which must exist and be held by this process alone. What an earlier run left in
 * it comes first.
 */
export const openSpool = async (folder: string, clock: Clock): Promise<Spool> => {
  const found = await readSegments(folder);
  let confirmed = await startOf(folder, found);
  const last = found.at(-1);
  const writer = await createSpoolWriter(
    folder,
    { segment: last?.number ?? confirmed.segment, offset: last?.size ?? 0 },
    clock,
  );
  /** The sizes of the closed segments, for the count of what waits. */
  const sizes = new Map(found.map(({ number, size }) => [number, size]));
  let reader = createSpoolReader(folder, confirmed);
  let stored = confirmed;
  let storedAt = clock.monotonic();
  let wake = () => {};

  const waiting = (): number => {
    const end = writer.end();
    let bytes = end.offset - confirmed.offset;
    for (let segment = confirmed.segment; segment < end.segment; segment += 1) bytes += sizes.get(segment) ?? 0;
    return bytes;
  };

  const store = async (): Promise<void> => {
    if (isSame(stored, confirmed)) return;
    const from = stored.segment;
    stored = confirmed;
    storedAt = clock.monotonic();
    await writePosition(folder, stored);
    for (let segment = from; segment < stored.segment; segment += 1) {
      await rm(segmentPath(folder, segment), { force: true });
      sizes.delete(segment);
    }
  };

  return {
    async append(lines) {
      const before = writer.end();
      await writer.append(lines);
      const after = writer.end();
      if (after.segment !== before.segment) sizes.set(before.segment, before.offset);
      wake();
    },
    async next(signal) {
      for (;;) {
        const appended = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const entries = await reader.next(writer.end());
        if (entries.length > 0 || signal.aborted) return signal.aborted ? [] : entries;
        const abort = () => wake();
        signal.addEventListener('abort', abort, { once: true });
        await appended;
        signal.removeEventListener('abort', abort);
      }
    },
    async rewind() {
      await reader.close();
      reader = createSpoolReader(folder, confirmed);
    },
    async confirm(position) {
      const isNewSegment = position.segment !== confirmed.segment;
      confirmed = position;
      if (isNewSegment || clock.monotonic() - storedAt >= STORE_EVERY_MS) await store();
    },
    waiting,
    async close() {
      await writer.close();
      await reader.close();
      await store();
    },
  };
};

const isSame = (one: Position, other: Position): boolean =>
  one.segment === other.segment && one.offset === other.offset;

/** Where publishing goes on: where it stopped, as far as that is still there. */
const startOf = async (folder: string, segments: readonly Segment[]): Promise<Position> => {
  const stored = await readPosition(folder);
  const first = segments[0];
  if (first === undefined) return { segment: (stored?.segment ?? 0) + 1, offset: 0 };
  const there = segments.find(({ number }) => number === stored?.segment);
  if (stored === undefined || there === undefined) {
    const next = segments.find(({ number }) => stored !== undefined && number > stored.segment);
    return { segment: (next ?? first).number, offset: 0 };
  }
  return { segment: stored.segment, offset: Math.min(stored.offset, there.size) };
};
