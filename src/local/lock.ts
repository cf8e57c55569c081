import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { ZoomWsError } from '../errors.ts';
import type { Clock } from '../time/clock.ts';
import { type ProcessIdentity, processIdentity } from './process-identity.ts';

// One writer per recording. Node has no flock, and native add-ons are ruled out, so the lock is a file beside the
// recording that its holder rewrites every second. Whether the holder of a lock that is found still lives:
//
// - On the same Linux, in the same pid namespace, /proc says so at once, by pid and start time. So a restart after
//   kill -9 does not wait, and a reused pid deceives no one.
// - Anywhere else (another container or machine on a shared volume, macOS, Windows) a pid means nothing. There the lock
//   is watched: one that changes has a living holder, one that stays as it is for some beats was left behind. Nobody's
//   clock is compared with another's. The worst of it is a start that is some seconds late.
//
// Whoever takes over a lock that was left behind puts its own in place by a rename, and looks after a moment whether it is
// still there: of two who do this at once only one goes on. A holder that was stopped for long (SIGSTOP, a suspended
// machine) and was taken for dead finds another's lock at its next beat, and stops with an error.

const BEAT_MS = 1_000;
const WATCH_MS = 3_500;
const LOOK_MS = 250;

export type Lock = { release(): Promise<void> };

export type LockParts = {
  readonly clock: Clock;
  readonly pid: number;
  /** Says that a lock was left behind, or that there can be none. */
  readonly onNote: (text: string) => void;
  /** Called once if the lock is lost while it is held. */
  readonly onLost: (error: unknown) => void;
};

/** Takes the lock of `path`. Throws `busy` if another process records there; other errors are the file system's. */
export const acquireLock = async (path: string, parts: LockParts): Promise<Lock> => {
  const lockPath = `${path}.lock`;
  const own = ownIdentity(parts.pid);
  const token = randomUUID();
  for (;;) {
    const file = await open(lockPath, 'wx+', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    });
    if (file !== undefined) return hold(lockPath, file, { ...parts, token, own });
    const found = await contentOf(lockPath);
    if (found === undefined) continue;
    if (await isHeld(lockPath, found, own, parts.clock)) throw busy(path);
    if ((await contentOf(lockPath)) !== found) continue;
    parts.onNote(`the lock of "${path}" was left behind by a recorder that has ended, and is taken over`);
    const replacement = await open(`${lockPath}.${token}`, 'wx+', 0o600);
    await replacement.write(contentFor(own, token, 0), 0);
    await rename(`${lockPath}.${token}`, lockPath);
    await parts.clock.sleep(LOOK_MS);
    if ((await contentOf(lockPath))?.includes(token)) return hold(lockPath, replacement, { ...parts, token, own });
    await replacement.close();
    throw busy(path);
  }
};

/** Only Linux tells enough of a process without a program being started for it. */
const LINUX = 'linux';

/** Undefined where the system does not say (no Linux, or /proc shows another namespace's processes). */
const ownIdentity = (pid: number): ProcessIdentity | undefined => {
  try {
    return readlinkSync('/proc/self') === String(pid) ? processIdentity(pid, LINUX) : undefined;
  } catch {
    return undefined;
  }
};

const busy = (path: string): ZoomWsError =>
  new ZoomWsError('busy', `Another process is recording to "${path}".`, {
    hint: 'Record to another file, or end the other process first.',
  });

const isHeld = async (
  lockPath: string,
  found: string,
  own: ProcessIdentity | undefined,
  clock: Clock,
): Promise<boolean> => {
  const holder = holderIn(found);
  // The number of a process means something only in its own boot and container.
  if (holder && own && holder.realm === own.realm) {
    return processIdentity(holder.pid, LINUX)?.started === holder.started;
  }
  for (let watched = 0; watched < WATCH_MS; watched += LOOK_MS) {
    await clock.sleep(LOOK_MS);
    const now = await contentOf(lockPath);
    if (now === undefined) return false;
    if (now !== found) return true;
  }
  return false;
};

const hold = (
  lockPath: string,
  first: FileHandle,
  { clock, onLost, token, own }: LockParts & { token: string; own: ProcessIdentity | undefined },
): Lock => {
  const released = new AbortController();
  let file = first;
  const beat = async (count: number): Promise<void> => {
    const there = await stat(lockPath).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there === undefined) {
      // Someone has tidied up. If the directory is gone too, this fails, as it should.
      await file.close();
      file = await open(lockPath, 'wx+', 0o600);
    } else if (there.ino !== (await file.stat()).ino) throw busy(lockPath.slice(0, -'.lock'.length));
    await file.write(contentFor(own, token, count), 0);
  };
  const beating = (async () => {
    for (let count = 0; !released.signal.aborted; count += 1) {
      await beat(count);
      await clock.sleep(BEAT_MS, released.signal).catch(() => {});
    }
  })().catch(onLost);
  return {
    async release() {
      released.abort();
      await beating;
      const there = await stat(lockPath).catch(() => undefined);
      const isOurs = there !== undefined && there.ino === (await file.stat()).ino;
      await file.close();
      if (isOurs) await rm(lockPath, { force: true });
    },
  };
};

/** One line of a fixed form; the beat is padded, so that the file keeps its length when it is rewritten. */
const contentFor = (own: ProcessIdentity | undefined, token: string, beat: number): string =>
  `${JSON.stringify({ ...own, token, beat: String(beat).padStart(12) })}\n`;

/** Undefined if there is no lock. Throws `output` for what is no regular file: reading a pipe would never end. */
const contentOf = async (lockPath: string): Promise<string | undefined> => {
  try {
    if ((await lstat(lockPath)).isFile()) return await readFile(lockPath, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  throw new ZoomWsError(
    'output',
    `"${lockPath}" is no regular file, and stands where the lock of the recording goes.`,
    {
      hint: 'Remove it, or record to another file.',
    },
  );
};

/** Undefined where the lock says nothing: its holder had no identity, or was killed before it wrote. */
const holderIn = (content: string): ProcessIdentity | undefined => {
  try {
    const { pid, started, realm } = JSON.parse(content) as Partial<ProcessIdentity>;
    return pid === undefined || started === undefined || realm === undefined ? undefined : { pid, started, realm };
  } catch {
    return undefined;
  }
};
