import { existsSync, lstatSync, mkdirSync } from 'node:fs';

/** Bits of the mode that let others than the owner do anything. */
const OTHERS = 0o077;

/**
 * The folder, made if there is none yet; undefined if it cannot be had, or if someone else could read or write it.
 * `uid` is that of this process, undefined where users have no numbers: on Windows, whose modes mean nothing either, the
 * folders in question are the user's own.
 */
export const ownFolder = (folder: string, uid: number | undefined): string | undefined => {
  try {
    // Not `recursive`: below /proc that never returns.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    const stats = lstatSync(folder);
    const isOurs = uid === undefined || (stats.uid === uid && (stats.mode & OTHERS) === 0);
    return stats.isDirectory() && isOurs ? folder : undefined;
  } catch {
    return undefined;
  }
};
