import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program; `npm test` builds it first. */
export const BIN = fileURLToPath(new URL('../../dist/zoom-ws.js', import.meta.url));

export type CliResult = {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type CliRun = {
  readonly child: ChildProcessWithoutNullStreams;
  /** What has come so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the text once it matches; rejects if the process ends first. */
  readonly waitFor: (stream: 'stdout' | 'stderr', pattern: RegExp) => Promise<string>;
  readonly done: Promise<CliResult>;
};

export type CliOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Written to stdin, which is then closed; without it stdin is closed at once. */
  readonly input?: string | Buffer;
};

/** An empty folder that no other test uses. */
export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'zoom-ws-test-'));

/** What every child has of an environment. The caches are not those of whoever runs the tests. */
export const CHILD_ENV = { PATH: process.env.PATH ?? '', XDG_CACHE_HOME: emptyFolder() };

/** Starts the built program as a child with real pipes, an environment of its own and an empty working directory. */
export const startCli = (args: readonly string[], options: CliOptions = {}): CliRun => {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd ?? emptyFolder(),
    env: { ...CHILD_ENV, TZ: 'UTC', ...options.env },
    stdio: 'pipe',
  });
  const text = { stdout: '', stderr: '' };
  let ended = false;
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
      for (const listener of listeners) listener();
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      ended = true;
      for (const listener of listeners) listener();
      resolve({ status, signal, ...text });
    });
  });
  const waitFor = (stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (pattern.test(text[stream])) resolve(text[stream]);
        else if (ended) reject(new Error(`ended without ${pattern} on ${stream}:\n${text.stdout}\n${text.stderr}`));
        else return;
        listeners.delete(look);
      };
      listeners.add(look);
      look();
    });
  return { child, stdout: () => text.stdout, stderr: () => text.stderr, waitFor, done };
};

/** Runs the built program to its end. */
export const runCli = (args: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
  startCli(args, options).done;
