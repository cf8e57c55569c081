import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from '../../support/run-cli.ts';
import { finish, readyTail, startZoom } from '../../support/zoom.ts';

const EVENT = '{"event":"test.note","payload":{"object":{"topic":"Zq"}},"download_token":"$"}';
const idOf = (raw: string): string => createHash('sha256').update(raw).digest('hex').slice(0, 16);
const ID = idOf(EVENT.replace('"$"', ''));

type Line = { readonly event: string; readonly _meta: { readonly id: string; readonly redacted?: boolean } };
const linesOf = (text: string): Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('two deliveries with different tokens are one event, with the id of the original text, masked or not', async () => {
  for (const flags of [[], ['--redact']]) {
    const zoom = await startZoom();
    const file = join(emptyFolder(), 'a.ndjson');
    const run = await readyTail(zoom, ['--meta', '--record', file, ...flags]);
    zoom.send(EVENT.replace('$', 'one'));
    zoom.send(EVENT.replace('$', 'two'));
    zoom.send('{"event":"test.last"}');
    const { stdout } = await finish(run, /test\.last/);
    const written = linesOf(stdout);
    expect(written.map(({ event }) => event)).toEqual(['test.note', 'test.last']);
    expect(written[0]?._meta.id).toBe(ID);
    expect(written[0]?._meta.redacted).toBe(flags.length > 0 ? true : undefined);
    const kept = linesOf(readFileSync(file, 'utf8')).filter(({ event }) => event.startsWith('test.'));
    expect(kept).toEqual(written);
  }
});

test('a recording that is masked by replay has the ids of the texts before, and keeps them from then on', async () => {
  const cwd = emptyFolder();
  const old =
    '"_meta":{"id":"0123456789abcdef","received_at":"2026-11-22T10:42:00.000Z","lag_ms":null,"subscription":"s","seq":7}';
  writeFileSync(join(cwd, 'old'), `${EVENT.slice(0, -1)},${old}}\n`);
  const replay = async (...args: readonly string[]) => (await runCli(['replay', '-q', ...args], { cwd })).stdout;
  // Without masking what was recorded stays.
  expect(await replay('old', '--meta')).toBe(`${EVENT.slice(0, -1)},${old}}\n`);
  await replay('old', '--redact', '--record', 'masked');
  const masked = readFileSync(join(cwd, 'masked'), 'utf8');
  expect(masked).toMatch(
    new RegExp(
      `"topic":"Topic-.*"download_token":"\\[redacted\\]","_meta":\\{"id":"${ID}",.*"seq":7,"redacted":true\\}\\}\n$`,
    ),
  );
  expect(await replay('masked', '--meta')).toBe(masked);
  expect(linesOf(await replay('masked', '--meta', '--redact'))[0]?._meta.id).toBe(ID);
});
