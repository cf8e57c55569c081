import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { type Flag, longName } from '../../../src/config/flag.ts';
import { emptyFolder, runCli } from '../../support/run-cli.ts';
import { hasProgram, hasScript } from '../../support/terminal.ts';

const folder = emptyFolder();
const fileOf = (shell: string) => join(folder, `completion.${shell}`);

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const { status, stdout, stderr } = await runCli(['completion', shell]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    writeFileSync(fileOf(shell), stdout);
  }
  writeFileSync(join(folder, 'record ing.ndjson'), '');
});

/** What a shell offers for a line with the cursor at its end. */
const inBash = (line: string): readonly string[] => {
  // As readline cuts it: `=` is a word of its own.
  const words = line.split(/(?<==)|(?==)| /);
  const script = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _zoom_ws 2>/dev/null; printf '%s\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync('bash', ['--norc', '-c', script, 'bash', fileOf('bash'), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return text.split('\n').filter((word) => word !== '');
};

const inFish = (line: string): readonly string[] =>
  execFileSync('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', fileOf('fish'), line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  })
    .split('\n')
    .filter((word) => word !== '')
    .map((word) => word.split('\t', 1)[0] ?? '');

const CASES: readonly (readonly [line: string, some: readonly string[]])[] = [
  ['zoom-ws ', COMMANDS.map(({ name }) => name)],
  ['zoom-ws ta', ['tail']],
  ['zoom-ws tail --outp', ['--output']],
  ['zoom-ws tail --output ', ['pretty', 'ndjson', 'raw']],
  ['zoom-ws tail -o nd', ['ndjson']],
  ['zoom-ws -q tail --on-displaced re', ['reclaim']],
  ['zoom-ws tail --event meeting.participant_join', ['meeting.participant_joined']],
  ['zoom-ws tail --event webinar,meeting.end', ['webinar,meeting.ended']],
  ['zoom-ws simulate --fault zom', ['zombie']],
  ['zoom-ws trigger recording.compl', ['recording.completed']],
  ['zoom-ws doctor --only oauth.t', ['oauth.token']],
  ['zoom-ws completion ', ['bash', 'fish', 'powershell', 'zsh']],
];

describe('bash', () => {
  test.each(CASES)('%s', (line, some) => {
    expect(inBash(line)).toEqual(expect.arrayContaining([...some]));
  });

  test('completes behind =, excluded types, and files', () => {
    expect(inBash('zoom-ws tail --output=nd')).toEqual(['ndjson']);
    expect(inBash('zoom-ws tail --event meeting,!meeting.end')).toEqual(['meeting,!meeting.ended']);
    expect(inBash('zoom-ws replay rec')).toEqual(['record ing.ndjson']);
    expect(inBash('zoom-ws tail --record rec')).toEqual(['record ing.ndjson']);
  });

  test('runs nothing that stands on the line', () => {
    const mark = join(folder, 'mark');
    inBash(`zoom-ws tail --event $(touch${mark})`);
    expect(inBash('zoom-ws tail --event `id`')).toEqual([]);
    expect(() => execFileSync('test', ['-e', mark])).toThrow();
  });

  test.each(COMMANDS)('offers every flag of $name', async ({ name, load }) => {
    const { command } = await load();
    const flags = command.flags.flatMap(({ flags }) => Object.values<Flag>(flags)).filter(({ hidden }) => !hidden);
    expect(inBash(`zoom-ws ${name} --`)).toEqual(
      expect.arrayContaining([...flags.map(longName), '--help', '--version', '--quiet', '--color']),
    );
  });
});

describe.skipIf(!hasProgram('fish'))('fish', () => {
  test.each(CASES)('%s', (line, some) => {
    expect(inFish(line)).toEqual(expect.arrayContaining([...some]));
  });

  test('completes behind =, and files', () => {
    expect(inFish('zoom-ws tail --output=nd')).toEqual(['--output=ndjson']);
    expect(inFish('zoom-ws tail --event=meeting,!meeting.end')).toEqual(['--event=meeting,!meeting.ended']);
    expect(inFish('zoom-ws replay rec').join()).toContain('ing.ndjson');
  });
});

describe.skipIf(!hasProgram('zsh') || !hasScript)('zsh', () => {
  /** Types into a real terminal and waits for what appears. */
  const inZsh = async (line: string, expected: string): Promise<void> => {
    const child = spawn('script', ['-qfc', 'zsh -f -i', '/dev/null'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'dumb' },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let screen = '';
    let look = () => {};
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      look();
    });
    const until = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        look = () => screen.includes(text) && resolve();
        child.once('close', () => reject(new Error(`ended without "${text}": ${screen}`)));
        look();
      });
    const setUp = `autoload -U compinit && compinit -u -D && source ${fileOf('zsh')} && print is-re''ady`;
    child.stdin.write(`${setUp}\n`);
    await until('is-ready');
    screen = '';
    child.stdin.write(`${line}\t`);
    await until(expected);
  };

  test.each([
    ['zoom-ws ta', 'zoom-ws tail'],
    ['zoom-ws tail --outp', '--output'],
    ['zoom-ws tail -o nd', 'ndjson'],
    ['zoom-ws tail --event webinar,meeting.end', 'webinar,meeting.ended'],
    ['zoom-ws simulate --fault zom', 'zombie'],
    ['zoom-ws trigger recording.compl', 'recording.completed'],
    ['zoom-ws doctor --only oauth.t', 'oauth.token'],
    ['zoom-ws completion fi', 'completion fish'],
  ])('%s', inZsh);
});

test('the script for PowerShell names every command and every long flag', async () => {
  const { stdout } = await runCli(['completion', 'powershell']);
  for (const { name, load } of COMMANDS) {
    expect(stdout).toContain(`'${name}' = @{`);
    for (const { flags } of (await load()).command.flags) {
      for (const flag of Object.values<Flag>(flags)) if (!flag.hidden) expect(stdout).toContain(`'${longName(flag)}'`);
    }
  }
});

test.each([[[]], [['tcsh']], [['bash', 'zsh']]])('names the shells for anything else: %j', async (words) => {
  const { status, stderr, stdout } = await runCli(['completion', ...words]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('bash, zsh, fish, powershell');
});
