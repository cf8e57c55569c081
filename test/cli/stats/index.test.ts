import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BIN, emptyFolder, runCli } from '../../support/run-cli.ts';

const line = (type: string, ts: number, extra: object = {}, at = ts + 100) =>
  JSON.stringify({
    event: type,
    event_ts: ts,
    payload: { account_id: 'a', object: { id: '1', ...extra } },
    _meta: {
      id: '0123456789abcdef',
      received_at: new Date(at).toISOString(),
      lag_ms: at - ts,
      subscription: 's',
      seq: 1,
    },
  });

const T = Date.UTC(2026, 10, 22, 10);

const RECORDING = [
  line('meeting.started', T, { topic: 'Standup' }),
  line('meeting.participant_joined', T + 1000),
  '{"broken',
  line('meeting.participant_joined', T + 500),
  JSON.stringify({
    event: 'zoom_ws.gap',
    payload: { object: { from: '2026-11-22T10:00:00Z', to: '2026-11-22T10:00:30Z', duration_ms: 30000 } },
    _meta: { received_at: new Date(T).toISOString() },
  }),
  line('user.updated', T + 60_000),
].join('\n');

const inFolder = (name: string, content: string | Buffer): string => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, name), content);
  return cwd;
};

test('sums a recording up as one JSON object', async () => {
  const { status, stdout, stderr } = await runCli(['stats', '--json', 'a.ndjson'], {
    cwd: inFolder('a.ndjson', RECORDING),
  });
  expect(JSON.parse(stdout)).toEqual({
    events: {
      total: 4,
      matched: 4,
      by_type: { 'meeting.participant_joined': 2, 'meeting.started': 1, 'user.updated': 1 },
    },
    first: '2026-11-22T10:00:00.100Z',
    last: '2026-11-22T10:01:00.100Z',
    rate_per_s: 4 / 60,
    lag_ms: { p50: 100, p95: 100, max: 100 },
    repeats: 0,
    out_of_order: 1,
    gaps: { count: 1, total_ms: 30_000 },
    malformed_lines: 1,
  });
  expect(stdout.endsWith('}\n')).toBe(true);
  expect(stderr).toContain('a.ndjson line 3: ');
  expect(status).toBe(0);
});

test.each([
  [['--event', 'meeting'], 3],
  [['--event', '!meeting'], 1],
  [['--where', 'topic=Standup'], 1],
  [['--meeting', '1'], 3],
  [['--meeting', '1', '--event', 'meeting.started'], 1],
])('filters with %j, but counts all in total', async (args, matched) => {
  const { stdout } = await runCli(['stats', '--json', '-', ...args], { input: RECORDING });
  expect(JSON.parse(stdout).events).toMatchObject({ total: 4, matched });
});

test.each([
  [['--since', '2026-11-22T10:00:30Z'], { total: 4, matched: 1, by_type: { 'user.updated': 1 } }],
  [['--until', '2026-11-22T10:00:30Z', '--event', 'meeting.started'], { total: 4, matched: 1 }],
  [['--since', '30s'], { total: 4, matched: 1 }],
])('takes the part of the recording that %j asks for', async (args, events) => {
  const { stdout } = await runCli(['stats', '--json', 'a.ndjson', ...args], { cwd: inFolder('a.ndjson', RECORDING) });
  expect(JSON.parse(stdout).events).toMatchObject(events);
});

test('ends with status 1 on damage where that is asked for, and prints the summary all the same', async () => {
  const { status, stdout } = await runCli(['stats', '--json', '--strict', '-'], { input: RECORDING });
  expect(JSON.parse(stdout).malformed_lines).toBe(1);
  expect(status).toBe(1);
});

const MEETING = { id: 81234567890, uuid: 'u==', host_id: 'h', topic: 'Quarterly, "numbers"' };
const GUEST = { user_id: '1', user_name: '=1+1', email: 'a@x.com' };
const ATTENDANCE = [
  line('meeting.started', T, { ...MEETING, start_time: '2026-11-22T10:00:00Z' }),
  line('meeting.participant_joined', T + 1000, {
    ...MEETING,
    participant: { ...GUEST, join_time: '2026-11-22T10:00:01Z' },
  }),
  line('meeting.participant_left', T + 61_000, {
    ...MEETING,
    participant: { ...GUEST, leave_time: '2026-11-22T10:01:01Z' },
  }),
  line('user.updated', T + 70_000),
].join('\n');

test('prints attendance as CSV, a row per stay', async () => {
  const { status, stdout } = await runCli(['stats', '--meetings', '--csv', '-'], { input: ATTENDANCE });
  expect(stdout.split('\n')).toEqual([
    'meeting_id,uuid,topic,host,participant,email,joined,left,seconds,complete',
    `81234567890,u==,"Quarterly, ""numbers""",h,'=1+1,a@x.com,2026-11-22T10:00:01.000Z,2026-11-22T10:01:01.000Z,60,true`,
    '',
  ]);
  expect(status).toBe(0);
});

test('prints meetings as JSON and as a page', async () => {
  const json = await runCli(['stats', '--meetings', '--json', '-', '--meeting', '812-3456-7890'], {
    input: ATTENDANCE,
  });
  expect(JSON.parse(json.stdout).meetings).toMatchObject([
    { uuid: 'u==', open: true, participants: { total: 1, distinct: 1 } },
  ]);
  const page = await runCli(['stats', '--meetings', '-', '--utc'], { input: ATTENDANCE });
  expect(page.stdout).toContain('812 3456 7890');
  expect(page.stdout).toMatch(/=1\+1 .*━.* 1m\n/);
  const none = await runCli(['stats', '--meetings', '-', '--meeting', '5'], { input: ATTENDANCE });
  expect(none.stdout).toContain('no meetings');
});

test('reads .gz, and several files as one', async () => {
  const cwd = inFolder('a.ndjson.gz', gzipSync(RECORDING));
  writeFileSync(join(cwd, 'b.ndjson'), RECORDING);
  const { stdout } = await runCli(['stats', '--json', 'a.ndjson.gz', 'b.ndjson'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ events: { total: 8 }, repeats: 4, malformed_lines: 2 });
});

test('prints a page for people, without colour in a pipe', async () => {
  const { stdout } = await runCli(['stats', '-', '--utc'], { input: RECORDING });
  expect(stdout).toContain('2026-11-22 10:00:00 → 10:01:00 UTC (1m)');
  expect(stdout).toContain('meeting.participant_joined');
  expect(stdout).not.toContain('\u001b');
});

test('is ASCII in the C locale', async () => {
  const { stdout } = await runCli(['stats', '-'], { input: RECORDING, env: { LC_ALL: 'C' } });
  expect(stdout).toMatch(/^[ -~\n]+$/);
});

test.each([
  [['stats'], 'file'],
  [['stats', 'missing.ndjson'], 'missing.ndjson'],
  [['stats', '.'], 'directory'],
  [['stats', '-', '--where', '=x'], '^'],
  [['stats', '-', '--csv'], '--meetings'],
  [['stats', '-', '--meetings', '--csv', '--json'], 'one of them'],
  [['stats', '-', '--since', '5m'], 'stdin'],
])('exits 2 for %j and prints nothing', async (args, words) => {
  const { status, stdout, stderr } = await runCli(args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
});

test('sums up what was read when it is interrupted', async () => {
  const child = spawn(process.execPath, [BIN, 'stats', '--json', '-'], { stdio: 'pipe' });
  const stdout = text(child.stdout);
  child.stdin.write(`${RECORDING}\n`);
  // The warning of the broken line tells that the lines were read.
  await once(child.stderr, 'data');
  child.kill('SIGINT');
  const [status] = await once(child, 'close');
  child.stdin.destroy();
  expect(JSON.parse(await stdout).events.total).toBe(4);
  expect(status).toBe(130);
});

test('--strict finds damage in lines of types that were not asked for', async () => {
  const input = '{"event":"meeting.started","payload":{}}\n{"event":"user.updated","payload":{"n":1e}}\n';
  const args = ['stats', '--json', '--event', 'meeting.started', '-'];
  expect(await runCli(args, { input })).toMatchObject({ status: 0 });
  expect(await runCli([...args, '--strict'], { input })).toMatchObject({ status: 1 });
});
