import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock, EpochMs } from '../../time/clock.ts';
import { renameFinished } from './file-names.ts';
import { createPackedPart } from './packed-part.ts';
import type { Part } from './part.ts';
import { createPlainPart } from './plain-part.ts';
import { repair } from './repair.ts';
import type { Target } from './target.ts';

export type OpenPart = Part & {
  /** The file itself, to see whether it still stands where it stood. */
  readonly inode: number;
  /** When a file that was there already was begun, where the file system knows: `--record-rotate 1h` counts from it. */
  readonly since: EpochMs | undefined;
};

/** Opens the file for appending, with mode 0600 where it is new, after making whole what a crash has cut. */
export const openPart = async (
  { path, kind, packed }: Target,
  clock: Pick<Clock, 'now'>,
  onNote: (text: string) => void,
): Promise<OpenPart> => {
  if (kind === 'file') await repairExisting(path, packed, clock, onNote);
  const file = await open(path, 'a', 0o600);
  const { size, ino, birthtimeMs } = await file.stat();
  const startSize = kind === 'file' ? size : 0;
  if (kind === 'file' && size === 0) await syncFolder(dirname(path));
  const part = packed ? createPackedPart(file, startSize) : createPlainPart(file, startSize, kind === 'file');
  return { ...part, inode: ino, since: startSize > 0 && birthtimeMs > 0 ? birthtimeMs : undefined };
};

/** A new name is on the disk only when its directory is. Not every system can do that; the file itself is synced anyway. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
};

const repairExisting = async (
  path: string,
  packed: boolean,
  clock: Pick<Clock, 'now'>,
  onNote: (text: string) => void,
): Promise<void> => {
  let file: FileHandle;
  try {
    file = await open(path, 'r+');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  const outcome = await repair(file, packed).finally(() => file.close());
  switch (outcome.kind) {
    case 'sound':
      return;
    case 'closed off':
      return onNote(`the last line of "${path}" was cut off and is closed off now`);
    case 'completed':
      return onNote(
        `"${path}" was cut off and is completed after its last whole line (${outcome.dropped} bytes of another are dropped)`,
      );
    case 'hopeless': {
      const name = await renameFinished(path, clock.now());
      return onNote(`"${path}" cannot be appended to (${outcome.why}): it is set aside as "${name}"`);
    }
    default:
      outcome satisfies never;
  }
};
