import { fstatSync } from 'node:fs';
import type { Terminal } from '../host.ts';
import type { OutputStream } from './terminal-stream.ts';

/** The two standard streams, each without blocking where it is a terminal. */
export const standardStreams = async (
  stdout: OutputStream,
  stderr: OutputStream,
): Promise<{ readonly stdout: Terminal; readonly stderr: Terminal }> => {
  if (!stdout.isTTY && !stderr.isTTY) return { stdout, stderr };
  const { terminalStream } = await import('./terminal-stream.ts');
  const out = stdout.isTTY ? terminalStream(stdout) : stdout;
  // One terminal, one queue: what is said and what arrives stand in the order in which they happened.
  if (stdout.isTTY && stderr.isTTY && fstatSync(stdout.fd).rdev === fstatSync(stderr.fd).rdev) {
    return { stdout: out, stderr: out };
  }
  return { stdout: out, stderr: stderr.isTTY ? terminalStream(stderr) : stderr };
};
