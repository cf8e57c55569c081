import { accessSync, closeSync, constants, lstatSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf, ZoomWsError } from '../errors.ts';

/** A file that exists while the connection is ready, for health checks: `test -e ready`. */
export type ReadyFile = {
  /** Makes the file or takes it away. Throws what the file system says if that fails. */
  set(isReady: boolean): void;
};

/** More than any process id with its line end. */
const MOST_BYTES = 16;

/**
 * Takes away what an earlier run may have left. Throws `settings` if the file cannot be kept there: said before anything
 * is sent. The file holds the process id. Nothing but a regular file of ours is ever made, read or removed.
 */
export const openReadyFile = (path: string, pid: number): ReadyFile => {
  try {
    removeOurs(path);
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw new ZoomWsError(
      'settings',
      `--ready-file "${path}": expected a path at which a file can be made and removed (${reasonOf(error)}).`,
      { hint: 'Give a path where nothing stands yet.' },
    );
  }
  let exists = false;
  return {
    set(isReady) {
      if (isReady === exists) return;
      exists = isReady;
      if (isReady) make(path, `${pid}\n`);
      else if (textAt(path) === `${pid}\n`) rmSync(path, { force: true });
    },
  };
};

/** Makes the file, and never writes through a link or into a file that is there. */
const make = (path: string, text: string): void => {
  const fd = openSync(path, 'wx');
  try {
    writeSync(fd, text);
  } finally {
    closeSync(fd);
  }
};

/** The text of a regular file that may be ours; undefined of anything else. */
const textAt = (path: string): string | undefined => {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() && stats.size <= MOST_BYTES ? readFileSync(path, 'utf8') : undefined;
};

/** What an earlier run left is empty or holds a process id and nothing else; anything else is someone's file. */
const removeOurs = (path: string): void => {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  const text = textAt(path);
  if (text === undefined || !/^\d*\r?\n?$/.test(text)) throw new Error('it exists, and no zoom-ws made it');
  rmSync(path);
};
