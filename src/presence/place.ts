import { hash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Subscription } from '../config/subscriptions.ts';

/** Bits of the mode that let others than the owner do anything. */
const OTHERS = 0o077;

/**
 * The folder for the files of this user's live processes: in XDG_RUNTIME_DIR, else a private one in the folder for
 * temporary files. Undefined if it cannot be had, or if somebody else could write to it.
 */
export const privateFolder = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const { uid } = userInfo();
  const folder = env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, 'zoom-ws') : join(tmpdir(), `zoom-ws-${uid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
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
