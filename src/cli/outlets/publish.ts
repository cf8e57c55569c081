import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineUrl } from '../../engine/url.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import type { Destination } from '../../outlet/publish/index.ts';
import type { OutletContext } from './kind.ts';

/** Publishing through a spool. Throws `settings`, `busy` and `refused`. Loaded only with `--to`. */
export const openPublish = async (_values: unknown, context: OutletContext): Promise<Outlet | undefined> => {
  const { sourceKey, host, notify, isInterrupted } = context;
  const publishing = context.onward?.publishing;
  if (publishing === undefined) return undefined;
  const destination = await destinationOf(publishing.url, publishing.create, context);
  if (sourceKey === undefined) {
    const { directOutlet } = await import('../../outlet/publish/direct.ts');
    return directOutlet({ destination, clock: host.clock, random: host.random, notify });
  }
  const { publishOutlet } = await import('../../outlet/publish/index.ts');
  const { openSpool } = await import('../../spool/index.ts');
  const { acquireLock } = await import('../../local/lock.ts');
  const folder = folderOf(publishing.spools, sourceKey, publishing.url);
  const lock = await acquireLock(join(folder, 'spool'), {
    clock: host.clock,
    pid: host.pid,
    onNote: (text) => notify({ kind: 'note', text }),
    onLost: (error) => notify({ kind: 'warning', text: `the lock of the spool was lost: ${reasonOf(error)}` }),
  }).catch((error: unknown) => {
    throw error instanceof ZoomWsError && error.code === 'busy' ? inUse(folder) : error;
  });
  try {
    return await publishOutlet({
      destination,
      spool: await openSpool(folder, host.clock),
      folder,
      most: publishing.spoolMax,
      clock: host.clock,
      random: host.random,
      notify,
      isInterrupted,
      release: lock.release,
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
};

const destinationOf = async (
  url: EngineUrl,
  create: boolean,
  { host, notify }: OutletContext,
): Promise<Destination> => {
  const parts = { create, clock: host.clock, onMade: (text: string) => notify({ kind: 'note', text }) };
  if (url.kind === 'nats') {
    return (await import('../../outlet/jetstream/index.ts')).jetStreamDestination(url, parts);
  }
  return (await import('../../outlet/postgres/index.ts')).postgresDestination(url, parts);
};

/** A folder for each pair of source and destination: what waits for one must not go to another. */
const folderOf = (spools: string, source: string, { shown }: EngineUrl): string => {
  const name = createHash('sha256').update(`${source}\n${shown}`).digest('hex').slice(0, 16);
  const folder = join(spools, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch (error) {
    throw new ZoomWsError('settings', `The spool "${folder}" cannot be made: ${reasonOf(error)}.`, {
      hint: 'Give a folder that this user may write: --spool <dir>.',
    });
  }
};

const inUse = (folder: string): ZoomWsError =>
  new ZoomWsError('busy', `Another process publishes the same subscriptions to the same destination (${folder}).`, {
    hint: 'One is enough on this machine. For a second copy give it a subscription of its own.',
  });
