import { hash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Subscription } from '../config/subscriptions.ts';

/** Bits of the mode that let others than the owner do anything. */
const OTHERS = 0o077;

/**
 * The folder for the files of this user's live processes: in XDG_RUNTIME_DIR, else a private one in the folder for
 * temporary files. Undefined if none can be had, or if somebody else could write to it.
 */
export const privateFolder = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const { uid } = userInfo();
  const runtime = env.XDG_RUNTIME_DIR;
  return runtime && existsSync(runtime)
    ? usable(join(runtime, 'zoom-ws'), uid)
    : usable(join(tmpdir(), `zoom-ws-${uid}`), uid);
};

const usable = (folder: string, uid: number): string | undefined => {
  try {
    // Not `recursive`: below /proc that never returns.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    const stats = lstatSync(folder);
    // On Windows the folder for temporary files is the user's own; there is no uid, and modes mean nothing.
    const isOurs = uid === -1 || (stats.uid === uid && (stats.mode & OTHERS) === 0);
    return stats.isDirectory() && isOurs ? folder : undefined;
  } catch {
    return undefined;
  }
};

const HASH_DIGITS = 16;

/** The beginning of the names of all files about one subscription: the id itself is in no file name. */
export const subscriptionHash = ({ id, url }: Subscription): string =>
  hash('sha256', `${url}\n${id}`, 'hex').slice(0, HASH_DIGITS);

export const presenceFile = (folder: string, subscription: Subscription, pid: number): string =>
  join(folder, `${subscriptionHash(subscription)}.${pid}.json`);
