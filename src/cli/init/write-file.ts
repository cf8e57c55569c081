import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf, ZoomWsError } from '../../errors.ts';

/** Only the owner may read what holds a secret. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** Whether something stands there, which may be a link to nowhere. Throws `settings` for what is no file. */
export const isThere = (path: string): boolean => {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile() && !stats.isSymbolicLink()) {
    throw new ZoomWsError('settings', `"${path}" is no regular file, so no settings can be written there.`, {
      hint: 'Move it away first.',
    });
  }
  return stats !== undefined;
};

/**
 * Writes a private file, whole or not at all; a link is followed. Without `overwrites` a file that has come to be there
 * is left alone. Throws `output`.
 */
export const writePrivately = (path: string, text: string, overwrites: boolean): void => {
  const draft = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
    const fd = openSync(draft, 'wx', PRIVATE_FILE);
    try {
      writeSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    // The umask may have taken even from the owner.
    chmodSync(draft, PRIVATE_FILE);
    if (!overwrites) closeSync(openSync(path, 'wx', PRIVATE_FILE));
    renameSync(draft, behindLinks(path));
  } catch (error) {
    throw new ZoomWsError('output', `"${path}" cannot be written: ${reasonOf(error)}.`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
};

const behindLinks = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};
