import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { redactorOf } from '../../../src/cli/shared/redact-flags.ts';
import { emptyFolder } from '../../support/run-cli.ts';

const TEXT = '{"email":"ada@example.com"}';
const mask = async (redact: boolean, redactKey: string | undefined, cwd = '.') =>
  (await redactorOf({ redact, redactKey }, cwd))?.(TEXT);

test('masks nothing unless asked', async () => {
  expect(await mask(false, undefined)).toBeUndefined();
});

test('takes a new key in each run where none is given', async () => {
  expect(await mask(true, undefined)).not.toBe(await mask(true, undefined));
});

test('a key alone is enough, and the same key gives the same pseudonym', async () => {
  expect(await mask(false, 'k')).toBe(await mask(true, 'k'));
  expect(await mask(true, 'k')).not.toBe(await mask(true, 'l'));
});

test('reads the key from a file, without its line end', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'key'), 'k\r\n');
  expect(await mask(true, '@key', cwd)).toBe(await mask(true, 'k'));
});

test.each([
  ['@missing', 'ENOENT'],
  ['@.', 'EISDIR'],
  ['@empty', 'empty'],
])('refuses %s', async (given, words) => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'empty'), '\n');
  await expect(mask(true, given, cwd)).rejects.toMatchObject({
    code: 'settings',
    message: expect.stringContaining(words),
  });
});
