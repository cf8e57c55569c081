import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { lastTime, openInputs } from '../../src/recording/index.ts';
import { emptyFolder } from '../support/run-cli.ts';

const lastOf = async (...files: readonly (string | Buffer)[]): Promise<number | undefined> => {
  const cwd = emptyFolder();
  const names = files.map((bytes, index) => {
    writeFileSync(join(cwd, String(index)), bytes);
    return String(index);
  });
  const inputs = await openInputs(names, { cwd, stdin: () => Readable.from([]) });
  const last = await lastTime(inputs);
  await Promise.all(inputs.map((input) => input.close()));
  return last;
};

const event = (ts: number): string => `{"event":"a.b","event_ts":${ts}}\n`;
const many = Array.from({ length: 60_000 }, (_, index) => event(1000 + index)).join('');

test('is the time of the last event, of the file in which it is latest', async () => {
  expect(await lastOf(event(1) + event(5), event(3))).toBe(5);
});

test('is found in a large file, plain and packed', async () => {
  expect(many.length).toBeGreaterThan(2 ** 20);
  expect(await lastOf(many)).toBe(60_999);
  expect(await lastOf(gzipSync(many))).toBe(60_999);
});

test('is found before a long end without times', async () => {
  expect(await lastOf(event(7) + '{"event":"a.b"}\n'.repeat(100_000))).toBe(7);
});

test('is that of an event rather than of the connection, where there is one', async () => {
  const gone = '{"event":"zoom_ws.disconnected","event_ts":9}\n';
  expect(await lastOf(event(4) + gone)).toBe(4);
  expect(await lastOf(gone)).toBe(9);
});

test('is unknown where nothing has a time', async () => {
  expect(await lastOf('', '{"event":"a.b"}\n')).toBeUndefined();
});
