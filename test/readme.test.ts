import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands.ts';
import { GENERAL_FLAGS } from '../src/cli/general-flags.ts';
import { CONNECTION_FLAGS } from '../src/config/connection-flags.ts';
import { defaultText, type Flag, type Flags } from '../src/config/flag.ts';
import { ERROR_CODES, type ErrorCode } from '../src/errors.ts';
import { EXIT_CODES } from '../src/exit-codes.ts';

const fileOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const page = () => readFileSync(fileOf('docs/commands.md'), 'utf8');

/** What stands between two marks of docs/commands.md; with UPDATE_README=1 it is written there first. */
const section = (mark: string, wanted: string): string => {
  const pattern = new RegExp(`(<!-- ${mark}:begin[^>]*-->\\n)([\\s\\S]*?)(<!-- ${mark}:end -->)`);
  if (process.env.UPDATE_README) {
    writeFileSync(
      fileOf('docs/commands.md'),
      page().replace(pattern, (_all, begin, _old, end) => `${begin}${wanted}${end}`),
    );
  }
  return pattern.exec(page())?.[2] ?? '';
};

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const row = (flag: Flag): string => {
  const usual = defaultText(flag);
  const facts = [flag.env && `\`${flag.env}\``, usual && `default: ${cell(usual)}`];
  return `| \`${flag.spelling.replaceAll('|', '\\|')}\` | ${[cell(flag.help), ...facts.filter(Boolean)].join('; ')} |`;
};

const table = (groups: readonly { readonly flags: Flags }[]): string => {
  const rows = groups.flatMap(({ flags }) =>
    Object.values(flags)
      .filter(({ hidden }) => !hidden)
      .map(row),
  );
  return ['| flag | |', '| --- | --- |', ...rows, ''].join('\n');
};

test('lists every flag of every command', async () => {
  const parts: string[] = [];
  for (const { name, summary, load } of COMMANDS) {
    const { command } = await load();
    const title = `<summary><code>zoom-ws ${[name, command.words.replaceAll('<', '&lt;')].filter(Boolean).join(' ')}</code>: ${summary}</summary>`;
    parts.push(`<details>\n${title}\n`, table(command.flags), '</details>\n');
  }
  parts.push('All commands:\n', table([{ flags: GENERAL_FLAGS }]));
  const wanted = `${parts.join('\n')}`;
  expect(section('flags', wanted)).toBe(wanted);
});

/** What each error code means to a script that reads it. */
const MEANINGS: Readonly<Record<ErrorCode, string>> = {
  usage: 'the command line is wrong',
  settings: 'a setting is missing or malformed',
  input: 'a file that was named cannot be read',
  refused: 'Zoom refused the credentials, the token or the subscription',
  displaced: 'another client connected to the same subscription',
  'not-zoom': 'what answers is not Zoom: a wrong URL, a proxy or a login page',
  unreachable: 'no connection, or no answer in time, after all retries',
  'never-connected': '`--for` was over before Zoom accepted a connection',
  output: 'stdout or a recording cannot be written',
  damaged: '`--strict`: a line of a recording could not be read',
  busy: 'another process records to the same file',
  'not-found': '`events`: no known event type has this name',
  'not-written': '`init`: a check failed, or the file is there already',
  internal: 'a bug in zoom-ws: please report it',
};

test('lists every error code with its exit status and its meaning', () => {
  const rows = ERROR_CODES.map((code) => `| \`${code}\` | ${EXIT_CODES[code]} | ${MEANINGS[code]} |`);
  const wanted = ['| error code | exit status | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n');
  expect(section('errors', wanted)).toBe(wanted);
});

test('.env.example names every variable of the settings', () => {
  const example = readFileSync(fileOf('.env.example'), 'utf8');
  const names = Object.values<Flag>(CONNECTION_FLAGS).flatMap(({ env }) => (env === undefined ? [] : [env]));
  expect(names.filter((name) => !new RegExp(`^#?${name}=`, 'm').test(example))).toEqual([]);
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s names every folder of src', (document) => {
  const text = readFileSync(fileOf(document), 'utf8');
  const folders = readdirSync(fileOf('src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(20);
  expect(folders.map(({ name }) => `src/${name}/`).filter((path) => !text.includes(path))).toEqual([]);
});

test('every file of src that CONTRIBUTING names exists', () => {
  const text = readFileSync(fileOf('CONTRIBUTING.md'), 'utf8');
  const named = [...text.matchAll(/`((?:src|bin|build)\/[^`*…]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(fileOf(path)))).toEqual([]);
});

test('every recipe with jq writes each line at once', () => {
  const blocks = readFileSync(fileOf('README.md'), 'utf8').match(/```(sh|console)\n[\s\S]*?```/g) ?? [];
  const recipes = blocks
    .join('\n')
    .split('\n')
    .filter((line) => /\| jq\b/.test(line));
  expect(recipes.length).toBeGreaterThan(3);
  expect(recipes.filter((line) => !line.includes('jq --unbuffered'))).toEqual([]);
});
