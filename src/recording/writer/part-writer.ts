import { stat } from 'node:fs/promises';
import type { Clock } from '../../time/clock.ts';
import { renameFinished } from './file-names.ts';
import type { OpenPart } from './open-part.ts';
import { openSteadyPart } from './steady-part.ts';
import type { Target } from './target.ts';

/** When a new file is begun: at a size of the file on disk, or at an age. */
export type Rotation = { readonly bytes: number } | { readonly ms: number };

/** Writes lines into one file after the other. Not to be called again before the last call has resolved. */
export type PartWriter = {
  write(lines: Buffer): Promise<void>;
  /** Resolves when all that was written is on the disk. */
  persist(): Promise<void>;
  /** Does what is due: brings written lines to the disk, begins a new file. */
  tend(): Promise<void>;
  /** Milliseconds until `tend` has something to do; undefined if it has not. */
  dueIn(): number | undefined;
  close(): Promise<void>;
};

/**
 * How long written lines may wait for the disk. With the time that the disk takes this is well within the promised
 * second: kill -9 loses at most what came in the last half second to a `.gz`, and nothing that was written to a plain
 * file; a power cut loses at most a second of either, as far as the disk keeps its word.
 */
const FLUSH_MS = 500;

/** How much is written at a time. It bounds how far a gzip member can grow beyond its length. */
const WRITE_BYTES = 2 ** 18;

/** A packed file counts as full when this share of its size is left: it is not flushed line by line to fill the rest. */
const LEFT_OVER = 1 / 16;

const LINE_FEED = 0x0a;

export const createPartWriter = async (
  target: Target,
  rotate: Rotation | undefined,
  clock: Pick<Clock, 'now' | 'monotonic'>,
  onNote: (text: string) => void,
): Promise<PartWriter> => {
  let part: OpenPart = await openSteadyPart(target, clock, onNote);
  let since = part.since ?? clock.now();
  let dirtySince: number | undefined;
  let lookedAt = clock.monotonic();
  let syncing: Promise<void> | undefined;
  let syncAgain = false;
  let syncFailure: unknown;
  const isFile = target.kind === 'file';
  const mostBytes = isFile && rotate && 'bytes' in rotate ? rotate.bytes : Number.POSITIVE_INFINITY;
  const oldestMs = isFile && rotate && 'ms' in rotate ? rotate.ms : Number.POSITIVE_INFINITY;

  const age = (): number => (part.size() === 0 ? 0 : clock.now() - since);
  const reopen = async (): Promise<void> => {
    dirtySince = undefined;
    part = await openSteadyPart(target, clock, onNote);
    since = part.since ?? clock.now();
  };
  const beginNewFile = async (): Promise<void> => {
    await close();
    const name = await renameFinished(target.path, clock.now());
    onNote(`"${name}" is finished`);
    await reopen();
  };
  const close = async (): Promise<void> => {
    while (syncing !== undefined) await syncing;
    await part.close();
  };
  /** The disk is not waited for: meanwhile more is written, and synced after that. */
  const sync = (): void => {
    syncAgain = syncing !== undefined;
    if (syncAgain) return;
    syncing = part
      .sync()
      .catch((error: unknown) => {
        syncFailure = error;
      })
      .then(() => {
        syncing = undefined;
        if (syncAgain && syncFailure === undefined) sync();
      });
  };
  /** A file that was moved or removed goes on being written unseen: a new one is begun. */
  const stayVisible = async (): Promise<void> => {
    lookedAt = clock.monotonic();
    const there = await stat(target.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there?.ino === part.inode) return;
    onNote(`"${target.path}" was moved or removed while it was recorded to: a new file is begun`);
    await close();
    await reopen();
  };
  /** How many bytes of lines the file takes, which is found out exactly where it seems to be less than `wanted`. */
  const roomFor = async (wanted: number): Promise<number> => {
    if (mostBytes - part.size() < wanted && part.size() > 0) await part.flush();
    const left = mostBytes - part.size();
    return target.packed && left < mostBytes * LEFT_OVER ? 0 : left;
  };

  return {
    async write(lines) {
      if (isFile && clock.monotonic() - lookedAt >= FLUSH_MS) await stayVisible();
      if (age() >= oldestMs) await beginNewFile();
      for (let at = 0; at < lines.length; ) {
        const line = lines.indexOf(LINE_FEED, at) + 1 - at;
        const room = await roomFor(line);
        if (line > room && part.size() > 0) {
          await beginNewFile();
          continue;
        }
        // A line is never cut: one that is longer than a file should be stands alone in its file.
        const most = Math.max(line, Math.min(room, WRITE_BYTES));
        const end = at + most >= lines.length ? lines.length : lines.lastIndexOf(LINE_FEED, at + most - 1) + 1;
        // An empty file is as old as its first line.
        if (part.size() === 0) since = clock.now();
        await part.write(lines.subarray(at, end));
        dirtySince ??= clock.monotonic();
        at = end;
      }
    },
    async persist() {
      await part.flush();
      await part.sync();
      dirtySince = undefined;
    },
    async tend() {
      if (syncFailure !== undefined) throw syncFailure;
      if (dirtySince !== undefined && clock.monotonic() - dirtySince >= FLUSH_MS) {
        dirtySince = undefined;
        await part.flush();
        sync();
        if (isFile) await stayVisible();
      }
      if (age() >= oldestMs) await beginNewFile();
    },
    dueIn() {
      const flushIn = dirtySince === undefined ? Number.POSITIVE_INFINITY : dirtySince + FLUSH_MS - clock.monotonic();
      const rotateIn = part.size() === 0 ? Number.POSITIVE_INFINITY : oldestMs - age();
      const due = Math.min(flushIn, rotateIn);
      return due === Number.POSITIVE_INFINITY ? undefined : Math.max(0, Math.ceil(due));
    },
    async close() {
      await close();
      if (syncFailure !== undefined) throw syncFailure;
    },
  };
};
