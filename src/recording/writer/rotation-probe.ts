import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ZoomWsError } from '../../errors.ts';
import type { EpochMs } from '../../time/clock.ts';
import { takeFinishedName } from './file-names.ts';
import { outputError } from './output-error.ts';

/** The bit of a directory in which only the owner of a file may rename it (`/tmp`). */
const STICKY = 0o1000;

/**
 * Throws `settings` where a finished file could not be given its name: said at the start, rather than at the first
 * rotation, hours later. The name is taken and given back, because permissions alone do not tell (its length, a mount).
 */
export const refuseIfNoRotation = async (path: string, at: EpochMs): Promise<void> => {
  const refuse = (error: unknown): ZoomWsError => {
    const { message } = outputError(path, error, 'settings');
    return new ZoomWsError('settings', `--record-rotate: a finished file cannot be renamed. ${message}`, {
      hint: 'Record into a directory in which this user may create and rename files, or leave out --record-rotate.',
      cause: error,
    });
  };
  let name: string;
  try {
    name = await takeFinishedName(path, at);
  } catch (error) {
    throw refuse(error);
  }
  const [probe, folder, file] = await Promise.all([stat(name), stat(dirname(path)), stat(path).catch(() => undefined)]);
  await rm(name, { force: true });
  if (file === undefined || probe.uid === 0) return;
  const isAnothers = (folder.mode & STICKY) !== 0 && file.uid !== probe.uid && folder.uid !== probe.uid;
  if (isAnothers) throw refuse(Object.assign(new Error('it belongs to another user'), { code: 'EPERM' }));
};
