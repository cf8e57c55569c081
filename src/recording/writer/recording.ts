import type { ZoomWsError } from '../../errors.ts';
import { acquireLock, type Lock, type LockParts } from '../../local/lock.ts';
import type { Clock } from '../../time/clock.ts';
import { createLineQueue } from './line-queue.ts';
import { outputError } from './output-error.ts';
import { createPartWriter, type PartWriter, type Rotation } from './part-writer.ts';
import { refuseIfNoRotation } from './rotation-probe.ts';
import { resolveTarget } from './target.ts';

/** An open recording. */
export type Recording = {
  /** Takes whole lines, each with its line feed; resolves when it can take more. Throws once the recording has failed. */
  append(lines: string): Promise<void>;
  /** Resolves when all that was appended so far is on the disk; all who wait share one sync. Throws where it failed. */
  persisted(): Promise<void>;
  /** Resolves when everything is on disk; throws what made the recording fail, if something did. */
  close(): Promise<void>;
};

export type RecordingOptions = {
  readonly rotate?: Rotation | undefined;
  readonly clock: Clock;
  readonly pid: number;
  /** What the user should hear: a repair, a finished file, a lock that was left behind. */
  readonly onNote: (text: string) => void;
  /** Called once, as soon as the recording cannot go on, also where nothing is being appended. */
  readonly onFailure: (error: ZoomWsError) => void;
};

/**
 * Opens a recording for appending: takes its lock, makes whole what a crash has cut, and writes on its own from then on.
 * Throws `busy` if another process records there, `output` if the file cannot be written, `settings` if it is no file,
 * its directory is missing or it could not be rotated.
 */
export const openRecording = async (path: string, options: RecordingOptions): Promise<Recording> => {
  const { clock, onNote } = options;
  const queue = createLineQueue(clock);
  let failure: ZoomWsError | undefined;
  let waiters: Waiter[] = [];
  const fail = (error: unknown): void => {
    if (failure !== undefined) return;
    failure = outputError(path, error);
    queue.fail(failure);
    for (const { reject } of waiters) reject(failure);
    waiters = [];
    options.onFailure(failure);
  };

  const target = await resolveTarget(path);
  let lock: Lock | undefined;
  let writer: PartWriter;
  try {
    if (target.kind === 'file') lock = await lockIfPossible(target.path, { ...options, onLost: fail });
    if (target.kind === 'file' && options.rotate) await refuseIfNoRotation(target.path, clock.now());
    writer = await createPartWriter(target, options.rotate, clock, onNote);
  } catch (error) {
    await lock?.release();
    throw outputError(path, error);
  }

  const write = async (): Promise<void> => {
    while (failure === undefined) {
      const lines = queue.take();
      const waiting = waiters.length;
      if (lines.length > 0) await writer.write(lines);
      if (waiting > 0) {
        await writer.persist();
        for (const { resolve } of waiters.splice(0, waiting)) resolve();
      }
      await writer.tend();
      if (waiters.length > 0) continue;
      // Asked only now: what was pushed in the meantime is still to be written.
      if (queue.isDone()) return;
      await queue.somethingOr(writer.dueIn());
    }
  };
  const written = write()
    .catch(fail)
    .then(() => writer.close())
    .catch(fail);

  return {
    append: (lines) => queue.push(lines),
    persisted: () =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        waiters.push({ resolve, reject });
        queue.wake();
      }),
    async close() {
      queue.end();
      await written;
      await lock?.release();
      if (failure) throw failure;
    },
  };
};

type Waiter = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** A directory that is not ours to write can still hold a file that is: then there is no lock, and the user hears of it. */
const lockIfPossible = async (path: string, parts: LockParts): Promise<Lock | undefined> => {
  try {
    return await acquireLock(path, parts);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
    parts.onNote(`no lock can be kept beside "${path}" (${code}): take care that only one process records there`);
    return undefined;
  }
};
