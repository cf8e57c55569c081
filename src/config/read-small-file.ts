import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import type { Clock } from '../time/clock.ts';

/** Settings and secrets are small. What is longer is another file, or a device that never ends. */
const MOST_BYTES = 1_000_000;
const READ_BYTES = 2 ** 16;
/** By now whoever writes into the pipe could have begun; a person should know what is waited for. */
const NOTICE_MS = 2_000;
/** Long enough for somebody who is asked for a passphrase by what writes into the pipe. */
const GIVE_UP_MS = 120_000;

/** What reading needs of the world, for a pipe may keep silent. */
export type Waiting = {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Called once with what is waited for, in words. */
  readonly onWait: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
};

/**
 * The text of a file of settings, or of one secret: a regular file, a pipe (`<(pass zoom)`) or a device. Rejects with
 * the file system's error, and where the file is too long or a pipe says nothing; never hangs.
 */
export const readSmallFile = async (path: string, waiting: Waiting): Promise<string> => {
  if (statSync(path).isDirectory()) throw new Error('it is a directory, EISDIR');
  // A pipe without a writer would hold up a thread for ever, and with it the end of the process.
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (isatty(fd)) return readSmallStream(new ReadStream(fd), path, waiting);
  if (fstatSync(fd).isFIFO()) return readSmallStream(new Socket({ fd, writable: false }), path, waiting);
  try {
    return readDescriptor(fd);
  } finally {
    closeSync(fd);
  }
};

/** The same for a stream, which is taken to its end, or left and destroyed. */
export const readSmallStream = async (
  stream: Readable,
  name: string,
  { clock, onWait, signal }: Waiting,
): Promise<string> => {
  const heard = new AbortController();
  const over = signal ? AbortSignal.any([heard.signal, signal]) : heard.signal;
  const keepWatch = async (): Promise<void> => {
    await clock.sleep(NOTICE_MS, over);
    onWait(`waiting for "${name}", which has said nothing yet`);
    await clock.sleep(GIVE_UP_MS - NOTICE_MS, over);
    stream.destroy(new Error(`it has said nothing for ${GIVE_UP_MS / 60_000} minutes`));
  };
  keepWatch().catch(() => {
    if (!heard.signal.aborted) stream.destroy(new Error('it was not waited for'));
  });
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      heard.abort();
      chunks.push(Buffer.from(chunk as Uint8Array));
      length += (chunk as Uint8Array).length;
      if (length >= MOST_BYTES) throw tooLong();
    }
  } finally {
    heard.abort();
    stream.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
};

const readDescriptor = (fd: number): string => {
  const bytes = Buffer.alloc(MOST_BYTES);
  let length = 0;
  for (;;) {
    const read = readSync(fd, bytes, length, Math.min(READ_BYTES, bytes.length - length), null);
    length += read;
    if (read === 0) return bytes.toString('utf8', 0, length);
    if (length >= MOST_BYTES) throw tooLong();
  }
};

const tooLong = (): Error => new Error('it holds 1 MB or more, which no settings do');
