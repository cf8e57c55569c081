import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Programs joined by real pipes, as a shell joins them; the last one's output comes to us. */
export type Pipeline = {
  readonly stages: readonly ChildProcess[];
  /** Our end of the last pipe; closed by `read`, or by the caller. */
  readonly output: number;
  /** What the first program says on stderr; empty where it is not kept. */
  readonly stderr: () => string;
  /** Ends the programs, first to last, and resolves when all are gone. */
  stop(): Promise<void>;
};

export type Stage = readonly [command: string, ...args: string[]];

export const startPipeline = (stages: readonly Stage[], env: Readonly<Record<string, string>> = {}): Pipeline => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-ws-bench-'));
  let input: number | 'pipe' = 'pipe';
  let said = '';
  const children = stages.map(([command, ...args], index) => {
    const pipe = openPipe(join(folder, String(index)));
    const child = spawn(command, args, {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: [input, pipe.writeEnd, index === 0 ? 'pipe' : 'ignore'],
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    closeSync(pipe.writeEnd);
    if (typeof input === 'number') closeSync(input);
    input = pipe.readEnd;
    return child;
  });
  const gone = children.map((child) => once(child, 'exit'));
  return {
    stages: children,
    output: Number(input),
    stderr: () => said,
    async stop() {
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(gone);
      rmSync(folder, { recursive: true });
    },
  };
};

/** A socket pair, which `spawn` would make, holds three times as much as a pipe, and no shell makes one. */
const openPipe = (path: string) => {
  execFileSync('mkfifo', [path]);
  // Opened for both, it waits for no one; then each end finds the other.
  const both = openSync(path, constants.O_RDWR);
  const writeEnd = openSync(path, constants.O_WRONLY);
  const readEnd = openSync(path, constants.O_RDONLY);
  closeSync(both);
  return { readEnd, writeEnd };
};

/** Reads a pipe as fast as it comes; resolves at its end. The buffer given to `take` is used again. */
export const readPipe = (fd: number, take: (chunk: Buffer) => void): Promise<void> =>
  new Promise((resolve) => {
    const buffer = Buffer.alloc(256 * 1024);
    // The types of Node 20 lack `onread` here; it saves a new buffer for each read.
    const options = {
      fd,
      readable: true,
      writable: false,
      onread: {
        buffer,
        callback: (length: number) => {
          take(buffer.subarray(0, length));
          return true;
        },
      },
    };
    const socket = new Socket(options);
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.resume();
  });
