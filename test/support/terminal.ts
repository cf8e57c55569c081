import { spawn, spawnSync } from 'node:child_process';
import { endWithTest } from './end-with-test.ts';
import { BIN, CHILD_ENV, emptyFolder } from './run-cli.ts';

/** Whether util-linux's `script`, which makes a pseudo-terminal, is here. */
export const hasScript =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

/** Whether a program that a test needs is here; `.ci/run` installs what may be missing. */
export const hasProgram = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

export type TerminalRun = {
  /** Everything that reached the terminal so far, escape sequences included. */
  readonly screen: () => string;
  /** Resolves once the screen matches; rejects if the program ends first. */
  readonly waitFor: (pattern: RegExp) => Promise<void>;
  /** Types on the keyboard: `\x03` is Ctrl-C, `\x13` Ctrl-S, `\x11` Ctrl-Q. */
  readonly type: (keys: string) => void;
  readonly resize: (columns: number) => void;
  /** The screen is not looked at any more: what is written to it piles up in the terminal. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The terminal goes away, as when its window is closed. */
  readonly hangUp: () => void;
  readonly done: Promise<number | null>;
};

export type TerminalOptions = {
  readonly env: Readonly<Record<string, string>>;
  /** 0: a terminal that does not know its size. */
  readonly columns?: number;
  /** Put behind the command line: a pipe, a redirection. */
  readonly behind?: string;
};

/** Runs the built program on a pseudo-terminal. The exit status is the program's. */
export const onTerminal = async (args: readonly string[], options: TerminalOptions): Promise<TerminalRun> => {
  const { env, columns = 100, behind = '' } = options;
  const quoted = [process.execPath, BIN, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const line = `tty; stty -echo rows 30 cols ${columns}; ${behind === '' ? 'exec ' : ''}${quoted} ${behind}`;
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    env: { ...CHILD_ENV, TZ: 'UTC', TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
    cwd: emptyFolder(),
    detached: true,
  });
  endWithTest(child);
  let screen = '';
  let ended = false;
  const lookers = new Set<() => void>();
  const look = () => {
    for (const looker of lookers) looker();
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk;
    look();
  });
  child.stdin.on('error', () => {});
  const done = new Promise<number | null>((resolve) =>
    child.on('close', (status) => {
      ended = true;
      look();
      resolve(status);
    }),
  );
  const waitFor = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const looker = () => {
        if (pattern.test(screen)) resolve();
        else if (ended) reject(new Error(`ended without ${pattern}:\n${screen}`));
        else return;
        lookers.delete(looker);
      };
      lookers.add(looker);
      looker();
    });
  await waitFor(/^\S+\r?\n/);
  const [device = ''] = screen.split(/\r?\n/);
  return {
    screen: () => screen.slice(screen.indexOf('\n') + 1),
    waitFor,
    type: (keys) => child.stdin.write(keys),
    resize: (to) => spawnSync('stty', ['-F', device, 'cols', String(to)]),
    pause: () => child.stdout.pause(),
    resume: () => child.stdout.resume(),
    hangUp: () => child.kill('SIGKILL'),
    done,
  };
};
