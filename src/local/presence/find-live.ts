import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Subscription } from '../../zoom/subscription.ts';
import { type ProcessIdentity, processIdentity } from '../process-identity.ts';
import { privateFolder, subscriptionHash } from './place.ts';

/** A zoom-ws of this user that is connected to a subscription. */
export type Live = { readonly pid: number };

/**
 * Which zoom-ws of this user are connected to the subscription, as far as can be known. A file that a dead process, another
 * boot or another container left behind is not believed. Never throws.
 */
export const findLive = (
  subscription: Subscription,
  { env, platform }: { readonly env: Readonly<Record<string, string | undefined>>; readonly platform: NodeJS.Platform },
): readonly Live[] => {
  const folder = privateFolder(env);
  if (folder === undefined) return [];
  const prefix = `${subscriptionHash(subscription)}.`;
  return namesIn(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => read(join(folder, name)))
    .filter((left) => left !== undefined)
    .filter((left) => lives(left, platform))
    .map(({ pid }) => ({ pid }));
};

/**
 * Removes what processes that are gone have left in the folder, whatever their subscription. A file of another boot goes
 * too; one of a container is left alone, because its numbers mean nothing here. Never throws.
 */
export const sweep = (folder: string, ownPid: number, platform: NodeJS.Platform): void => {
  const own = processIdentity(ownPid, platform);
  if (own === undefined) return;
  for (const name of namesIn(folder).filter((one) => PRESENCE_NAME.test(one))) {
    const path = join(folder, name);
    const left = read(path);
    if (left === undefined || (left.realm !== own.realm && bootOf(left) === bootOf(own))) continue;
    if (lives(left, platform)) continue;
    try {
      rmSync(path, { force: true });
    } catch {
      // Whoever may not remove it leaves it: it is not believed.
    }
  }
};

/** What `presenceFile` makes. */
const PRESENCE_NAME = /^[0-9a-f]{16}\.\d+\.json$/;

const bootOf = ({ realm }: ProcessIdentity): string | undefined => realm.split(' ', 1)[0];

const lives = (left: ProcessIdentity, platform: NodeJS.Platform): boolean => {
  const now = processIdentity(left.pid, platform);
  return now?.started === left.started && now.realm === left.realm;
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

const read = (path: string): ProcessIdentity | undefined => {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessIdentity> | null;
    const { pid, started, realm } = value ?? {};
    if (!Number.isSafeInteger(pid) || typeof started !== 'string' || typeof realm !== 'string') return undefined;
    return { pid: Number(pid), started, realm };
  } catch {
    return undefined;
  }
};
