import { readFileSync, readlinkSync } from 'node:fs';
import { getBuiltinModule } from 'node:process';

/** What tells one process from every other that ever had or will have its number. */
export type ProcessIdentity = {
  readonly pid: number;
  /** When it was started, in the words of the system: a pid that was given out again differs here. */
  readonly started: string;
  /** The boot and the PID namespace (container) in which the number means something. */
  readonly realm: string;
};

const PS_MS = 2_000;

/**
 * The identity of a living process, for others to ask later whether it still lives; undefined if there is no process of that
 * number, or the system cannot tell.
 */
export const processIdentity = (pid: number, platform: NodeJS.Platform): ProcessIdentity | undefined => {
  try {
    if (platform === 'linux') return fromProc(pid);
    if (platform === 'win32') return undefined;
    // Linux does without, and starts sooner.
    const { execFileSync } = getBuiltinModule('node:child_process');
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      timeout: PS_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
    }).trim();
    return started === '' ? undefined : { pid, started, realm: platform };
  } catch {
    return undefined;
  }
};

const fromProc = (pid: number): ProcessIdentity | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name stands in parentheses and may hold anything; after the last one come fields 3 and up, proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const started = fields[19];
  if (started === undefined || state === 'Z' || state === 'X') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return { pid, started, realm: `${boot} ${readlinkSync('/proc/self/ns/pid')}` };
};
