import { readdirSync, readFileSync } from 'node:fs';
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
    .filter((left) => {
      const now = processIdentity(left.pid, platform);
      return now?.started === left.started && now.realm === left.realm;
    })
    .map(({ pid }) => ({ pid }));
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
