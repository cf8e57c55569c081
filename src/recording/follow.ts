import type { Stats } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Arrival } from '../event/arrival.ts';
import type { Clock } from '../time/clock.ts';
import type { Input } from './input.ts';
import { readFile } from './read-file.ts';
import { type ReadOptions, readRecording } from './read-recording.ts';
import { stampIn } from './writer/file-names.ts';

/** How often a file that has come to its end is looked at. */
const LOOK_MS = 250;

const BLOCK_BYTES = 2 ** 16;

const NOTHING_NOW = Buffer.alloc(0);

export type FollowParts = {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
  /** Says that the file was replaced or cut short. */
  readonly onNote: (text: string) => void;
};

type File = { readonly handle: FileHandle; readonly inode: number };

/**
 * Reads a recording and goes on as it grows, through rotation (also several within one look) and truncation, until the
 * signal aborts. What is no file (stdin, a pipe) is read to its end, which is the same.
 */
export async function* followRecording(
  input: Input,
  options: ReadOptions,
  parts: FollowParts,
): AsyncGenerator<readonly Arrival[]> {
  if (input.file === undefined || !input.file.stats.isFile()) {
    yield* readRecording(input, input.chunks, options);
    return;
  }
  const { path, handle, stats } = input.file;
  let files: File[] = [{ handle, inode: stats.ino }];
  try {
    for (let file = files.shift(); file !== undefined; file = files.shift()) {
      const following = file;
      const successors = async () => (files.length > 0 ? files : filesAfter(path, following));
      const found = (next: File[]) => {
        files = next;
      };
      try {
        yield* readRecording(input, growing(path, following, successors, found, parts), options);
      } finally {
        await following.handle.close();
      }
    }
  } finally {
    await closeAll(files);
  }
}

/** The bytes of one file until another has taken its place. */
async function* growing(
  path: string,
  { handle, inode }: File,
  successors: () => Promise<File[]>,
  found: (files: File[]) => void,
  { clock, signal, onNote }: FollowParts,
): AsyncGenerator<Buffer> {
  let position = 0;
  const toTheEnd = async function* (): AsyncGenerator<Buffer> {
    for await (const block of readFile(handle, BLOCK_BYTES, position)) {
      position += block.length;
      yield block;
    }
  };
  for (;;) {
    yield* toTheEnd();
    const next = await successors();
    if (next.length > 0) {
      found(next);
      // Whatever came between the end that was seen and the change of files.
      yield* toTheEnd();
      return;
    }
    const { size } = await handle.stat();
    if (size < position) {
      onNote(`"${path}" was cut short: it is read from its beginning`);
      found([{ handle: await open(path, 'r'), inode }]);
      return;
    }
    yield NOTHING_NOW;
    // Throws when aborted: that is no end of the file, and what is half written there no damage.
    await clock.sleep(LOOK_MS, signal);
  }
}

/**
 * The files that came after `file` at its path, oldest first, opened; none if it still stands there, or if they cannot be
 * told at the moment. Names change while this looks at them: only what is opened is what it seems.
 */
const filesAfter = async (path: string, file: File): Promise<File[]> => {
  const there = await statOf(path);
  if (there === undefined || there.ino === file.inode) return [];
  const current = await opened(path);
  if (current === undefined) return [];
  const folder = dirname(path);
  const finished = (await readdir(folder))
    .filter((name) => stampIn(path, name) !== undefined)
    .sort()
    .map((name) => join(folder, name));
  const inodes = await Promise.all(finished.map(async (name) => (await statOf(name))?.ino));
  const own = inodes.indexOf(file.inode);
  const later = own < 0 ? [] : await Promise.all(finished.slice(own + 1).map(opened));
  const between = later.filter((each) => each !== undefined);
  // It may be finished by now, and others after it: those are found when it is read to its end.
  const same = between.findIndex(({ inode }) => inode === current.inode);
  if (same >= 0) {
    await closeAll(between.splice(same));
    return [...between, current];
  }
  // If another has taken its place meanwhile, that one may be among these, and those before it may not: looked at again.
  if ((await statOf(path))?.ino === current.inode) return [...between, current];
  await closeAll([...between, current]);
  return [];
};

const closeAll = async (files: readonly File[]): Promise<void> => {
  await Promise.all(files.map(({ handle }) => handle.close()));
};

const statOf = (path: string): Promise<Stats | undefined> => stat(path).catch(() => undefined);

const opened = async (path: string): Promise<File | undefined> => {
  const handle = await open(path, 'r').catch(() => undefined);
  return handle && { handle, inode: (await handle.stat()).ino };
};
