import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { BIN, runCli } from './support/run-cli.ts';

test('prints help on stdout and exits 0 when no command is given', async () => {
  const { status, stdout, stderr } = await runCli([]);
  expect(status).toBe(0);
  expect(stdout).toContain('zoom-ws tail --event meeting');
  expect(stderr).toBe('');
});

test.each([[['--version']], [['tail', '--version']], [['-v', '--version']], [['-V']], [['tail', '-V']]])(
  'prints the version: %j',
  async (args) => {
    const { status, stdout } = await runCli(args);
    expect(status).toBe(0);
    expect(stdout).toBe(`${manifest.version}\n`);
  },
);

test.each([
  [['tial'], "unknown command 'tial' (Did you mean tail?)"],
  [['help', 'tial'], 'did you mean tail'],
  [['tial', '--help'], 'did you mean tail'],
  [['-h', 'tial'], 'did you mean tail'],
  [['help', 'nope'], 'the nearest is '],
  [['tail', 'meeting.started'], '--event meeting.started'],
  [['tail', '--evnt', 'x'], 'Did you mean --event'],
])('exits 2 with the nearest spelling: %j', async (args, words) => {
  const { status, stdout, stderr } = await runCli(args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.toLowerCase()).toContain(words.toLowerCase());
});

test.skipIf(process.platform === 'win32')('can be executed as it was built, not only as it was installed', () => {
  expect(statSync(BIN).mode & 0o111).toBe(0o111);
});
