import { readFile, readlink } from 'node:fs/promises';

/** Which process this is, for others to ask whether it still lives. */
export type ProcessIdentity = {
  readonly pid: number;
  /** When it started, in the kernel's ticks since the boot: the same pid again is then told from it. */
  readonly started: string;
  /** The boot and the pid namespace in which the pid means something. */
  readonly space: string;
};

/** Undefined where the system does not say (no Linux, or /proc shows another namespace's processes). */
export const ownIdentity = async (pid: number): Promise<ProcessIdentity | undefined> => {
  try {
    if ((await readlink('/proc/self')) !== String(pid)) return undefined;
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const namespace = await readlink('/proc/self/ns/pid');
    const started = await startOf(pid);
    return started === undefined ? undefined : { pid, started, space: `${boot} ${namespace}` };
  } catch {
    return undefined;
  }
};

/** Whether that process lives; undefined if it cannot be known from here. */
export const isAlive = async (other: ProcessIdentity, own: ProcessIdentity): Promise<boolean | undefined> => {
  if (other.space !== own.space) return undefined;
  return (await startOf(other.pid).catch(() => undefined)) === other.started;
};

/** Fields after the name, which may itself hold spaces and parentheses (proc(5)): the state first, the start as the 20th. */
const startOf = async (pid: number): Promise<string | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : fields[18];
};
