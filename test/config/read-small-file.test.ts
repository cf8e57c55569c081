import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readSmallFile, readSmallStream } from '../../src/config/read-small-file.ts';
import { manualClock } from '../support/manual-clock.ts';
import { emptyFolder } from '../support/run-cli.ts';

const MINUTE = 60_000;

const waitingFor = () => {
  const said: string[] = [];
  const clock = manualClock();
  return { clock, said, onWait: (text: string) => said.push(text) };
};

const fifo = (): string => {
  const path = join(emptyFolder(), 'pipe');
  spawnSync('mkfifo', [path]);
  return path;
};

test('reads a regular file to its end', async () => {
  const path = join(emptyFolder(), 'file');
  writeFileSync(path, 'é'.repeat(400_000));
  expect(await readSmallFile(path, waitingFor())).toBe('é'.repeat(400_000));
});

test.each(['/dev/zero', '/dev/urandom'])('an endless device is refused: %s', async (path) => {
  await expect(readSmallFile(path, waitingFor())).rejects.toThrow(/1 MB or more/);
});

test('a file of 1 MB is refused, and so is a stream', async () => {
  const path = join(emptyFolder(), 'file');
  writeFileSync(path, Buffer.alloc(1_000_000));
  await expect(readSmallFile(path, waitingFor())).rejects.toThrow(/1 MB or more/);
  const stream = new PassThrough();
  stream.write(Buffer.alloc(1_000_000));
  await expect(readSmallStream(stream, 'stdin', waitingFor())).rejects.toThrow(/1 MB or more/);
  expect(stream.destroyed).toBe(true);
});

test('a directory is refused', async () => {
  const path = join(emptyFolder(), 'folder');
  mkdirSync(path);
  await expect(readSmallFile(path, waitingFor())).rejects.toThrow(/directory/);
});

test('a pipe is waited for, with a word after 2 s, and read to its end', async () => {
  const path = fifo();
  const waiting = waitingFor();
  const text = readSmallFile(path, waiting);
  await waiting.clock.advance(1_999);
  expect(waiting.said).toEqual([]);
  await waiting.clock.advance(1);
  expect(waiting.said).toEqual([expect.stringContaining(path)]);
  const writer = await open(path, 'w');
  await writer.write('made-up');
  await writer.write('-secret\n');
  await writer.close();
  expect(await text).toBe('made-up-secret\n');
});

test('a pipe that says nothing for two minutes is given up', async () => {
  const waiting = waitingFor();
  const failure = readSmallFile(fifo(), waiting).catch((error: unknown) => error);
  await waiting.clock.advance(2 * MINUTE - 1);
  expect(waiting.clock.sleepers()).toBe(1);
  await waiting.clock.advance(1);
  expect(await failure).toMatchObject({ message: expect.stringContaining('nothing for 2 minutes') });
});

test('is not waited for any longer once the signal aborts', async () => {
  const stop = new AbortController();
  const waiting = { ...waitingFor(), signal: stop.signal };
  const failure = readSmallFile(fifo(), waiting).catch((error: unknown) => error);
  stop.abort(new Error('Ctrl-C'));
  expect(await failure).toBeInstanceOf(Error);
  expect(waiting.clock.sleepers()).toBe(0);
});
