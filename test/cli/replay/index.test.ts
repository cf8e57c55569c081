import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BIN, emptyFolder, runCli, startCli } from '../../support/run-cli.ts';

const folderWith = (files: Readonly<Record<string, string | Buffer>>): string => {
  const cwd = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  return cwd;
};

const at = (time: string): string => `2026-11-22T${time}.000Z`;

/** A line as `tail --record` writes it. */
const recorded = (raw: string, time: string, seq = 1): string =>
  `${raw.slice(0, -1)},"_meta":{"id":"0123456789abcdef","received_at":"${at(time)}","lag_ms":5,"subscription":"s","seq":${seq}}}`;

const STARTED =
  '{"event":"meeting.started","event_ts":1795340520000,"payload":{"object":{"topic":"Standup","id":123456789012345678}}}';
const ENDED = '{ "event":"meeting.ended", "event_ts":1795340580000.0,"payload":{"object":{"topic":"日本 😀"}} }';
const UPDATED = '{"event":"user.updated","payload":{"n":1e2}}';
const GAP = '{"event":"zoom_ws.gap","event_ts":1795340550000,"payload":{"object":{"duration_ms":5}}}';
const GAP_LINE = `${GAP.slice(0, -1)},"_meta":{"received_at":"${at('10:42:30')}"}}`;

const DAY = [
  recorded(STARTED, '10:42:00', 1),
  GAP_LINE,
  recorded(UPDATED, '10:42:40', 2),
  recorded(ENDED, '10:43:00', 3),
  '',
].join('\n');

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

const replay = (args: readonly string[], files: Readonly<Record<string, string | Buffer>> = { day: DAY }) =>
  runCli(['replay', '-q', ...args], { cwd: folderWith(files) });

test.each<[string, readonly string[], string]>([
  ['what Zoom sent, byte for byte', [], lines(STARTED, UPDATED, ENDED)],
  ['the recorded _meta with --meta', ['--meta'], DAY.replace(`${GAP_LINE}\n`, '')],
  ['our own events with --lifecycle', ['--lifecycle'], lines(STARTED, GAP, UPDATED, ENDED)],
  ['all that was recorded with both', ['--lifecycle', '--meta'], DAY],
  ['raw events', ['-o', 'raw'], lines(STARTED, UPDATED, ENDED)],
  ['a family', ['--event', 'meeting'], lines(STARTED, ENDED)],
  ['what an exclusion leaves', ['--event', '!meeting.*'], lines(UPDATED)],
  ['what a condition leaves', ['--where', 'topic=Standup'], lines(STARTED)],
  ['as many as the limit says', ['-n', '2'], lines(STARTED, UPDATED)],
  ['from a time of the last day', ['--since', '10:42:40'], lines(UPDATED, ENDED)],
  ['up to a time', ['--until', '2026-11-22T10:42:40Z'], lines(STARTED, UPDATED)],
  ['a stretch', ['--since', '2026-11-22 10:42:30', '--until', '10:42:59', '--utc'], lines(UPDATED)],
  ['the last so much', ['--since', '20s'], lines(UPDATED, ENDED)],
])('gives %s', async (_name, args, expected) => {
  for (const file of [DAY, gzipSync(DAY), DAY.replaceAll('\n', '\r\n')]) {
    expect(await replay(['day', ...args], { day: file })).toEqual({
      status: 0,
      signal: null,
      stdout: expected,
      stderr: '',
    });
  }
});

test('says how many were read and emitted', async () => {
  const { stderr } = await runCli(['replay', 'day', '--event', 'user'], { cwd: folderWith({ day: DAY }) });
  expect(stderr).toMatch(/done: 3 events read, 1 emitted\n$/);
});

test('merges several files by time', async () => {
  const a = lines(recorded('{"event":"a.1"}', '10:00:01'), recorded('{"event":"a.3"}', '10:00:03'));
  const b = lines(recorded('{"event":"b.2"}', '10:00:02'), `{"event":"b.4","event_ts":${Date.parse(at('10:00:04'))}}`);
  const { stdout } = await replay(['a', 'b', '--json'], { a, b: gzipSync(b) });
  expect([...stdout.matchAll(/"event":"(...)"/g)].map(([, type]) => type)).toEqual(['a.1', 'b.2', 'a.3', 'b.4']);
});

test('reads stdin, packed or not', async () => {
  for (const input of [DAY, gzipSync(DAY)]) {
    const { stdout, status } = await runCli(['replay', '-'], { input });
    expect({ stdout, status }).toEqual({ stdout: lines(STARTED, UPDATED, ENDED), status: 0 });
  }
});

test.each([
  ['broken at the end', `${DAY}${STARTED.slice(0, 50)}`, 'day line 5: not valid JSON; passed over'],
  ['broken in the middle', lines(STARTED.slice(0, 50)) + DAY, 'day line 1: not valid JSON; passed over'],
  [
    'with two events on a line',
    lines(STARTED + ENDED) + DAY,
    'day line 1: more stands on the line than one JSON object; passed over',
  ],
  ['cut off as a .gz', gzipSync(DAY).subarray(0, -4), 'day: the compressed data is cut off'],
])('a recording that is %s is replayed, and fails only with --strict', async (_name, file, warning) => {
  const cwd = folderWith({ day: file });
  const lenient = await runCli(['replay', 'day'], { cwd });
  expect(lenient).toMatchObject({ status: 0, stdout: lines(STARTED, UPDATED, ENDED) });
  expect(lenient.stderr).toContain(`warning: ${warning}`);
  const strict = await runCli(['replay', 'day', '--strict'], { cwd });
  expect(strict).toMatchObject({ status: 1, stdout: lenient.stdout });
  expect(strict.stderr).toContain('error: One place in the recording could not be read.');
});

test('--strict finds damage in lines of other types, and the type that a parser finds', async () => {
  const twice = `{"event":"user.created",${STARTED.slice(1)}`;
  const damaged = '{"event":"user.updated","payload":{"n":1e}}';
  const args = ['replay', 'day', '--strict', '--event', 'meeting.started'];
  const cwd = folderWith({ day: lines(twice, UPDATED, damaged), sound: lines(twice, UPDATED) });
  expect(await runCli(args, { cwd })).toMatchObject({
    status: 1,
    stdout: lines(twice),
    stderr: expect.stringContaining('day line 3: not valid JSON; passed over'),
  });
  expect(await runCli(args.with(1, 'sound'), { cwd })).toMatchObject({ status: 0, stdout: lines(twice) });
});

test('tells ten unreadable lines, and counts the rest', async () => {
  const { stderr, stdout } = await runCli(['replay', 'day'], {
    cwd: folderWith({ day: `${'x\n'.repeat(500)}${DAY}` }),
  });
  expect(stdout).toBe(lines(STARTED, UPDATED, ENDED));
  expect(stderr.match(/passed over/g)).toHaveLength(10);
  expect(stderr).toContain('490 more lines could not be read');
});

test.runIf(process.platform === 'linux').each([[[]], [['-f']], [['--since', '10m']]])(
  'a file that cannot be read on (%j) is exit 1 with a reason, after what came before',
  async (flags) => {
    const { status, stderr } = await replay(['/proc/self/mem', ...flags]);
    expect(status).toBe(1);
    expect(stderr).toContain('error: The recording "/proc/self/mem" cannot be read on: the disk');
    expect(stderr).not.toContain('bug');
  },
);

test('an empty recording has nothing to replay', async () => {
  expect(await replay(['day'], { day: '' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test.each([
  ['no recording', [], /Expected a recording/],
  ['a missing file beside a good one', ['day', 'missing'], /"missing" cannot be read: there is no such file/],
  ['a directory', ['folder'], /"folder" is a directory/],
  ['a bad time', ['day', '--since', 'noon'], /--since "noon": expected an ISO time/],
  ['times in the wrong order', ['day', '--since', '10:43', '--until', '10:42'], /is later than --until/],
  ['a duration with stdin', ['-', '--since', '5m'], /--since: a duration counts back/],
  ['a duration with --follow', ['day', '-f', '--until', '5m'], /--until: a duration counts back/],
  ['no pace', ['day', '--speed', '0'], /--speed "0": expected max, or a number/],
  ['rotation of nothing', ['day', '--record-rotate', '1h'], /expected --record <file> beside it/],
  [
    'a size without a unit',
    ['day', '--record', 'x', '--record-rotate', '100'],
    /expected a size such as 100MB or a duration/,
  ],
])('%s is exit 2, before anything is printed', async (_name, args, message) => {
  const cwd = folderWith({ day: DAY });
  mkdirSync(join(cwd, 'folder'));
  const result = await runCli(['replay', ...args], { cwd });
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toMatch(message);
});

test('records what it emits, with the recorded _meta, and all our own events', async () => {
  const cwd = folderWith({ day: DAY });
  const { stdout, status } = await runCli(['replay', 'day', '--event', 'meeting', '--record', 'copy.ndjson.gz'], {
    cwd,
  });
  expect({ stdout, status }).toEqual({ stdout: lines(STARTED, ENDED), status: 0 });
  const copy = gunzipSync(readFileSync(join(cwd, 'copy.ndjson.gz'))).toString();
  expect(copy).toBe(
    DAY.split('\n')
      .filter((line) => !line.includes('user.updated'))
      .join('\n'),
  );
});

test('refuses to record to the file that it reads, by whatever name', async () => {
  const cwd = folderWith({ day: DAY });
  symlinkSync('day', join(cwd, 'symbolic'));
  linkSync(join(cwd, 'day'), join(cwd, 'hard'));
  for (const name of ['day', './day', 'symbolic', 'hard']) {
    const result = await runCli(['replay', 'day', '--record', name], { cwd });
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(`--record "${name}" is the file that is being read ("day")`);
  }
  const { status } = spawnSync('sh', ['-c', `"$0" "$1" replay - --record hard < day`, process.execPath, BIN], { cwd });
  expect(status).toBe(2);
  expect(readFileSync(join(cwd, 'day'), 'utf8')).toBe(DAY);
});

test.runIf(existsSync('/dev/full'))('a full disk is exit 1, with the reason', async () => {
  const result = await replay(['day', '--record', '/dev/full']);
  expect(result.status).toBe(1);
  expect(result.stderr).toContain('The recording "/dev/full" cannot be written: the disk is full (ENOSPC).');
});

test('reads what a shell puts in place of a file, and says what it cannot know of it', () => {
  const cwd = folderWith({ day: DAY });
  const command = `"$0" "$1" replay -q <(cat day) -n 1; "$0" "$1" replay -q <(cat day) --since 10:42; echo "$?"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, BIN], { cwd, encoding: 'utf8' });
  expect(stdout).toBe(`${lines(STARTED)}2\n`);
  expect(stderr).toContain('is not known beforehand');
});

test('a reader that goes away is a normal end', () => {
  const cwd = folderWith({ day: DAY.repeat(20_000) });
  const command = `"$0" "$1" replay day 2>err | head -2; echo "\${PIPESTATUS[0]}"`;
  const { stdout } = spawnSync('bash', ['-c', command, process.execPath, BIN], { cwd, encoding: 'utf8' });
  expect(stdout).toBe(`${lines(STARTED, UPDATED)}0\n`);
  expect(readFileSync(join(cwd, 'err'), 'utf8')).not.toContain('error');
});

test('follows a recording, and ends with the status of the signal', async () => {
  const cwd = folderWith({ day: lines(recorded(STARTED, '10:42:00')) });
  const run = startCli(['replay', '-f', 'day'], { cwd });
  await run.waitFor('stdout', /meeting\.started/);
  appendFileSync(join(cwd, 'day'), lines(recorded(UPDATED, '10:42:01')));
  await run.waitFor('stdout', /user\.updated/);
  run.child.kill('SIGINT');
  expect(await run.done).toMatchObject({ status: 130, stdout: lines(STARTED, UPDATED) });
});

test('a follow with a limit ends at the limit', async () => {
  expect(await replay(['-f', 'day', '-n', '3'])).toMatchObject({ status: 0, stdout: lines(STARTED, UPDATED, ENDED) });
});

test('ends on a signal while it waits for stdin', async () => {
  const child = spawn(process.execPath, [BIN, 'replay', '-'], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write(DAY);
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
});

test('a limit ends it although stdin stays open', async () => {
  const child = spawn(process.execPath, [BIN, 'replay', '-', '-n', '1'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.write(DAY);
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
});
