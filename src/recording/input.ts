import { constants, type Stats } from 'node:fs';
import { access, type FileHandle, open } from 'node:fs/promises';
import { Socket } from 'node:net';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { reasonOf, ZoomWsError } from '../errors.ts';
import type { Chunks } from './byte-queue.ts';
import { readFile } from './read-file.ts';

/** A recording that is open for reading: a file or stdin. */
export type Input = {
  /** As the user wrote it; `-` for stdin. */
  readonly name: string;
  /** Undefined for stdin. */
  readonly file: { readonly handle: FileHandle; readonly path: string; readonly stats: Stats } | undefined;
  readonly chunks: Chunks;
  /** How many bytes were read of it, before anything is unpacked. */
  position(): number;
  close(): Promise<void>;
};

/** The blocks of one file alone. Several files share this much, so that memory does not grow with their number. */
const BLOCK_BYTES = 2 ** 20;
const SMALLEST_BLOCK_BYTES = 2 ** 16;

/**
 * Opens all recordings, `-` being stdin, before anything of them is read.
 * Throws `input`, naming every file that is missing, a directory or not readable.
 */
export const openInputs = async (
  names: readonly string[],
  { cwd, stdin }: { readonly cwd: string; readonly stdin: () => Readable },
): Promise<readonly Input[]> => {
  if (names.filter((name) => name === '-').length > 1) {
    throw new ZoomWsError('usage', 'stdin (-) can be read only once.', { hint: 'Give "-" once.' });
  }
  const blockBytes = Math.max(SMALLEST_BLOCK_BYTES, Math.floor(BLOCK_BYTES / Math.max(1, names.length)));
  const opened = await Promise.allSettled(
    names.map((name) => (name === '-' ? openStdin(stdin()) : openFile(name, resolve(cwd, name), blockBytes))),
  );
  const failed = opened.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reasonOf(reason));
  const inputs = opened.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
  if (failed.length === 0) return inputs;
  await Promise.all(inputs.map((input) => input.close()));
  throw new ZoomWsError('input', failed.join('\n'), {
    hint: 'Check the path: it is relative to the working directory. "-" reads stdin.',
  });
};

const openStdin = (stream: Readable): Input => ({ name: '-', file: undefined, ...streamed(stream) });

/** Closing destroys the stream: one that is still open would keep the process alive. */
const streamed = (stream: Readable): Pick<Input, 'chunks' | 'position' | 'close'> => {
  let position = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      const bytes = chunk as Buffer;
      position += bytes.length;
      if (bytes.length > 0) yield bytes;
    }
  }
  return {
    chunks: chunks(),
    position: () => position,
    async close() {
      stream.destroy();
    },
  };
};

const openFile = async (name: string, path: string, blockBytes: number): Promise<Input> => {
  const cannot = (error: unknown) => new Error(`The recording "${name}" cannot be read: ${inWords(error)}.`);
  const handle = await open(path, 'r').catch(async (error: unknown) => {
    // Windows says EPERM for a directory; what is asked again gives the same words everywhere.
    await access(path, constants.R_OK).catch((why: unknown) => Promise.reject(cannot(why)));
    throw cannot(error);
  });
  const stats = await handle.stat();
  if (stats.isDirectory()) {
    await handle.close();
    throw new Error(`The recording "${name}" is a directory, a file was expected.`);
  }
  // A pipe (`<(zcat …)`) is read as a stream: a read of it in the thread pool could not be given up.
  if (stats.isFIFO()) return { name, file: { handle, path, stats }, ...streamed(new Socket({ fd: handle.fd })) };
  let position = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const block of readFile(handle, blockBytes)) {
      position += block.length;
      yield block;
    }
  }
  const close = () => handle.close();
  return { name, file: { handle, path, stats }, chunks: chunks(), position: () => position, close };
};

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EISDIR: 'it is a directory, a file was expected',
  EMFILE: 'too many files are open at once',
};

const inWords = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? reasonOf(error);
};
