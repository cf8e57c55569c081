import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Subscription } from '../../zoom/subscription.ts';
import { ownFolder } from '../own-folder.ts';

/**
 * The folder for the files of this user's live processes: in XDG_RUNTIME_DIR, else a private one in the folder for
 * temporary files. Undefined if none can be had, or if someone else could write to it.
 */
export const privateFolder = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const uid = ownUid();
  if (uid === undefined) return undefined;
  const runtime = env.XDG_RUNTIME_DIR;
  const folder = runtime && existsSync(runtime) ? join(runtime, 'zoom-ws') : join(tmpdir(), `zoom-ws-${uid}`);
  return ownFolder(folder, uid === NO_UID ? undefined : uid);
};

/** What Node says on Windows. */
const NO_UID = -1;

/** Undefined for a user whom the machine does not know, as in a container that runs under a number of its own. */
const ownUid = (): number | undefined => {
  try {
    return userInfo().uid;
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
