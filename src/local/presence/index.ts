import { rmSync, writeFileSync } from 'node:fs';
import type { Subscription } from '../../zoom/subscription.ts';
import { processIdentity } from '../process-identity.ts';
import { sweep } from './find-live.ts';
import { presenceFile, privateFolder } from './place.ts';

export { findLive } from './find-live.ts';

type World = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly platform: NodeJS.Platform;
};

/**
 * Lets other programs of this user know which subscriptions this process is connected to: call the answer with true when
 * the connection is live, with false when it no longer is. A courtesy: it never throws, and says nothing where it cannot.
 */
export const createPresence = (subscriptions: readonly Subscription[], world: World): ((isLive: boolean) => void) => {
  let files: readonly string[] = [];
  let hasSwept = false;
  const withdraw = () => {
    for (const file of files) attempt(() => rmSync(file, { force: true }));
    files = [];
  };
  return (isLive) => {
    withdraw();
    if (!isLive) return;
    attempt(() => {
      const identity = processIdentity(world.pid, world.platform);
      const folder = privateFolder(world.env);
      if (!identity || folder === undefined) return;
      if (!hasSwept) sweep(folder, world.pid, world.platform);
      hasSwept = true;
      files = subscriptions.map((subscription) => presenceFile(folder, subscription, world.pid));
      for (const file of files) writeFileSync(file, `${JSON.stringify(identity)}\n`, { mode: 0o600 });
    });
  };
};

const attempt = (work: () => void): void => {
  try {
    work();
  } catch {
    // A full or read-only disk: then no one knows of us; nothing else depends on it.
  }
};
