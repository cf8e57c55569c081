import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, CHILD_ENV, emptyFolder } from '../support/run-cli.ts';

/** What a command line has loaded when it ends: the text of our own files, and Node's modules. */
const loadedBy = (args: readonly string[]) => {
  const folder = emptyFolder();
  const list = join(folder, 'loaded.json');
  const preload = join(folder, 'preload.cjs');
  writeFileSync(
    preload,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)},
      JSON.stringify({ files: Object.keys(require.cache), builtins: process.moduleLoadList })));`,
  );
  const { status, stdout } = spawnSync(process.execPath, ['--require', preload, BIN, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: CHILD_ENV,
  });
  const { files, builtins } = JSON.parse(readFileSync(list, 'utf8')) as Record<'files' | 'builtins', string[]>;
  const texts = files.filter((file) => file !== preload).map((file) => readFileSync(file, 'utf8'));
  const holds = (words: string) => texts.some((text) => text.includes(words));
  return { status, stdout, count: texts.length, builtins, holds };
};

/** Words that only one part of the program holds. */
const PARTS = {
  ws: 'WebSocket was closed before the connection',
  catalogue: '"meeting.started"',
  chalk: 'ansi256',
  ora: 'dots12',
  simulator: 'made-up-by-the-simulator',
  dotenv: 'DOTENV_CONFIG_',
};
const LARGE = ['ws', 'catalogue', 'simulator'] as const;

test('--version loads one file and nothing of Node that it does not need', () => {
  const { status, stdout, count, builtins } = loadedBy(['--version']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\d/);
  expect(count).toBeLessThanOrEqual(2);
  expect(builtins).not.toContain('NativeModule http');
  expect(builtins).not.toContain('NativeModule tls');
});

test.each([
  [['--help'], 0],
  [['tail', '--help'], 0],
  [['tail', '--nope'], 2],
  [['tail'], 2],
  [['tail', '--event', 'meeting', '-w', 'topic=x', '--limit', 'none'], 2],
] as const)('%j loads no socket, no HTTP client, no catalogue and no simulator', (args, expected) => {
  const { status, holds, builtins } = loadedBy(args);
  expect(status).toBe(expected);
  expect(LARGE.filter((part) => holds(PARTS[part]))).toEqual([]);
  expect(builtins).not.toContain('NativeModule http');
  expect(builtins).not.toContain('NativeModule tls');
});

test('the words that tell the parts apart do so', () => {
  const { status, holds } = loadedBy(['tail', '--demo', '-n', '1', '-e', '*']);
  expect(status).toBe(0);
  for (const part of LARGE) expect(holds(PARTS[part]), part).toBe(true);
  const files = readdirSync(join(BIN, '../lib')).map((file) => readFileSync(join(BIN, '../lib', file), 'utf8'));
  for (const [part, words] of Object.entries(PARTS)) {
    expect(
      files.some((text) => text.includes(words)),
      part,
    ).toBe(true);
  }
});

test('a run in a pipe loads no colours, no spinner and no .env reader', () => {
  const { holds } = loadedBy(['tail', '--demo', '-n', '1']);
  expect((['chalk', 'ora', 'dotenv'] as const).filter((part) => holds(PARTS[part]))).toEqual([]);
});
