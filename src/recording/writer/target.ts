import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { ZoomWsError } from '../../errors.ts';
import { outputError } from './output-error.ts';

/** Where a recording goes. */
export type Target = {
  /** The path behind all symbolic links, so that two names of one file are seen to be one. */
  readonly path: string;
  /** A device (`/dev/full`, `/dev/null`) is written as it is: nothing to lock, to repair or to rotate. */
  readonly kind: 'file' | 'device';
  readonly packed: boolean;
};

/**
 * Resolves the path of a recording, which may not exist yet. Throws `settings` where its directory is missing, for what is no file, and for a file with
 * several hard links: the lock stands beside one name, and says nothing to whoever comes by another.
 */
export const resolveTarget = async (path: string): Promise<Target> => {
  try {
    const real = await behindLinks(path);
    const stats = await stat(real).catch(() => undefined);
    const packed = real.endsWith('.gz');
    if (stats?.isFile() && stats.nlink > 1) {
      throw new ZoomWsError(
        'settings',
        `The recording "${path}" cannot be written: the file has ${stats.nlink} names (hard links), and may be recorded to by another.`,
        {
          hint: 'Record to another file; or keep one name only, by copying the file and moving the copy over this name.',
        },
      );
    }
    if (stats === undefined || stats.isFile()) return { path: real, kind: 'file', packed };
    if (stats.isCharacterDevice()) return { path: real, kind: 'device', packed };
    const kind = stats.isDirectory() ? 'a directory' : stats.isFIFO() ? 'a named pipe' : 'no regular file';
    throw new ZoomWsError('settings', `The recording "${path}" cannot be written: it is ${kind}.`, {
      hint: stats.isFIFO()
        ? 'A recording is kept; to feed a program, use a pipe on stdout.'
        : 'Give the path of a file.',
    });
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && /^ENO(ENT|TDIR)$/.test(String(error.code));
    throw outputError(path, error, isMissing ? 'settings' : 'output');
  }
};

/** The real path of a file that may not be there yet, but whose directory must be; a link to nowhere names its target. */
const behindLinks = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    // Links in a circle are told as such (ELOOP), so that this comes to an end.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const folder = await realpath(dirname(path));
  const link = await readlink(path).catch(() => undefined);
  if (link === undefined) return join(folder, basename(path));
  return behindLinks(isAbsolute(link) ? link : `${folder}${sep}${link}`);
};
