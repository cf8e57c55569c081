import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

/** Resolves the path of a recording, which may not exist yet. Throws `output` for what is no file. */
export const resolveTarget = async (path: string): Promise<Target> => {
  try {
    const real = await realpath(path).catch(async (error: unknown) => {
      // Not there yet: its directory must be. (A link to nowhere is taken for the file itself.)
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      return join(await realpath(dirname(path)), basename(path));
    });
    const stats = await stat(real).catch(() => undefined);
    const packed = real.endsWith('.gz');
    if (stats === undefined || stats.isFile()) return { path: real, kind: 'file', packed };
    if (stats.isCharacterDevice()) return { path: real, kind: 'device', packed };
    const kind = stats.isDirectory() ? 'a directory' : stats.isFIFO() ? 'a named pipe' : 'no regular file';
    throw new ZoomWsError('output', `The recording "${path}" cannot be written: it is ${kind}.`, {
      hint: stats.isFIFO()
        ? 'A recording is kept; to feed a program, use a pipe on stdout.'
        : 'Give the path of a file.',
    });
  } catch (error) {
    throw outputError(path, error);
  }
};
