import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf, ZoomWsError } from '../errors.ts';

/** A file that exists while the connection is ready, for health checks: `test -e ready`. */
export type ReadyFile = {
  /** Makes the file or takes it away. Throws `output` if that fails. */
  set(isReady: boolean): void;
};

/**
 * Takes away what an earlier run may have left. Throws `settings` if the file cannot be kept there: said before anything
 * is sent. The file holds the process id.
 */
export const openReadyFile = (path: string, pid: number): ReadyFile => {
  try {
    removeOurs(path);
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw new ZoomWsError(
      'settings',
      `--ready-file "${path}": expected a file that can be made and removed (${reasonOf(error)}).`,
    );
  }
  let exists = false;
  return {
    set(isReady) {
      if (isReady === exists) return;
      if (isReady) writeFileSync(path, `${pid}\n`);
      else rmSync(path, { force: true });
      exists = isReady;
    },
  };
};

/** What an earlier run left holds a process id and nothing else; anything else is someone's file. */
const removeOurs = (path: string): void => {
  if (!existsSync(path)) return;
  if (!/^\d*\n?$/.test(readFileSync(path, 'utf8'))) throw new Error('it exists, and no zoom-ws made it');
  rmSync(path, { force: true });
};
