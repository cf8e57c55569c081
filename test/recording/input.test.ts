import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openInputs } from '../../src/recording/input.ts';
import { emptyFolder } from '../support/run-cli.ts';

const stdin = () => Readable.from([Buffer.from('from '), Buffer.from('stdin')]);

const textOf = async (chunks: AsyncIterable<Buffer>): Promise<string> => {
  let text = '';
  for await (const chunk of chunks) text += chunk.toString();
  return text;
};

test('opens files, relative to the working directory, and stdin', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'a.ndjson'), 'from a');
  const inputs = await openInputs(['a.ndjson', '-'], { cwd, stdin });
  expect(await Promise.all(inputs.map(({ chunks }) => textOf(chunks)))).toEqual(['from a', 'from stdin']);
  expect(inputs.map((input) => input.position())).toEqual([6, 10]);
  await Promise.all(inputs.map((input) => input.close()));
});

test('names every file that cannot be read, and why', async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'folder'));
  await expect(openInputs(['missing', 'folder', 'folder/x/y'], { cwd, stdin })).rejects.toMatchObject({
    code: 'input',
    message:
      'The recording "missing" cannot be read: there is no such file.\n' +
      'The recording "folder" is a directory, a file was expected.\n' +
      'The recording "folder/x/y" cannot be read: there is no such file.',
  });
});

test('reads stdin only once', async () => {
  await expect(openInputs(['-', '-'], { cwd: '.', stdin })).rejects.toMatchObject({ code: 'usage' });
});

test('reads a file larger than a block whole', async () => {
  const cwd = emptyFolder();
  const text = Array.from({ length: 300_000 }, (_, index) => String(index)).join('\n');
  writeFileSync(join(cwd, 'a'), text);
  const [input] = await openInputs(['a'], { cwd, stdin });
  expect((await textOf(input?.chunks ?? Readable.from([]))) === text).toBe(true);
});
