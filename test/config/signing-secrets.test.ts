import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { FORWARD_SECRET, lookedIn, readSecrets, WEBHOOK_SECRET } from '../../src/config/signing-secrets.ts';
import { createSecretKeeper } from '../../src/secret.ts';
import { emptyFolder } from '../support/run-cli.ts';

const folder = emptyFolder();
writeFileSync(join(folder, 'two'), 'first_secret\r\nsecond_secret\n');
writeFileSync(join(folder, 'empty'), '\n');

type Given = { texts?: readonly string[]; files?: readonly string[]; names?: typeof WEBHOOK_SECRET; stdin?: string };

const read = async (layers: readonly Record<string, string>[], given: Given = {}) => {
  const { texts = [], files = [], names = WEBHOOK_SECRET, stdin = '' } = given;
  const complaints: string[] = [];
  const warnings: string[] = [];
  const context = {
    cwd: folder,
    stdin: Readable.from([Buffer.from(stdin)]),
    secrets: createSecretKeeper(),
    layers: layers.map((values, index) => ({ name: `place ${index + 1}`, source: 'environment' as const, values })),
    warn: (text: string) => void warnings.push(text),
  };
  const secrets = await readSecrets(names, { texts, files }, context, complaints);
  return { values: secrets.map((secret) => secret.reveal()), complaints, warnings };
};

test('a place comes before a name', async () => {
  const layers = [{ ZOOM_SECRET_TOKEN: 'environment' }, { ZOOM_WEBHOOK_SECRET_TOKEN: 'file' }];
  expect((await read(layers)).values).toEqual(['environment']);
});

test('within a place the names have their order, and an empty one counts as not set', async () => {
  const values = { ZOOM_SECRET_TOKEN: 'third', ZOOM_WEBHOOK_SECRET: 'second', ZOOM_WEBHOOK_SECRET_TOKEN: '' };
  expect((await read([values])).values).toEqual(['second']);
});

test('flags win, take several, and are seen by others, which is said without them', async () => {
  const { values, warnings } = await read([{ ZOOM_SECRET_TOKEN: 'x' }], { texts: ['one', 'other'], files: ['two'] });
  expect(values).toEqual(['one', 'other', 'first_secret', 'second_secret']);
  expect(warnings).toHaveLength(1);
});

test('a file may be named in the environment, or be stdin', async () => {
  expect((await read([{ ZOOM_WEBHOOK_SECRET_TOKEN_FILE: 'two' }])).values).toEqual(['first_secret', 'second_secret']);
  expect((await read([], { files: ['-'], stdin: 'piped\n' })).values).toEqual(['piped']);
});

test.each(['"quoted"', "'quoted'", 'with space', 'your_secret_token', '<secret>', 'changeme'])(
  '%j is malformed, and is not repeated',
  async (value) => {
    const { values, complaints } = await read([{ ZOOM_WEBHOOK_SECRET_TOKEN: value }]);
    expect(values).toEqual([]);
    expect(complaints).toEqual([expect.stringMatching(/^ZOOM_WEBHOOK_SECRET_TOKEN in place 1: expected /)]);
    expect(complaints.join()).not.toContain(value);
  },
);

test.each(['empty', 'missing'])('a file that is %s is a complaint that names it', async (name) => {
  const { complaints } = await read([], { files: [name] });
  expect(complaints).toEqual([expect.stringContaining(`--webhook-secret-file "${name}"`)]);
});

test('the secret for forwarding has a name of its own', async () => {
  const layers = [{ ZOOM_FORWARD_SECRET: 'ours', ZOOM_WEBHOOK_SECRET_TOKEN: 'of Zoom' }];
  expect((await read(layers, { names: FORWARD_SECRET })).values).toEqual(['ours']);
  expect(lookedIn(FORWARD_SECRET, [{ name: '.env', source: 'working directory', values: {} }])).toContain(
    '--forward-secret, ZOOM_FORWARD_SECRET',
  );
});
