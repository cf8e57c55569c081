import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { BIN, type CliRun, emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { openSocket, type SocketClient } from '../../support/socket-client.ts';

const runs: CliRun[] = [];
afterEach(async () => {
  for (const { child, done } of runs.splice(0)) {
    child.kill('SIGTERM');
    await done;
  }
});

/** A simulator on a free port, and the settings that it printed. */
const simulate = async (args: readonly string[] = [], input?: string) => {
  const run = startCli(['simulate', '--port', '0', ...args], input === undefined ? {} : { input });
  runs.push(run);
  const text = await run.waitFor('stdout', /ZOOM_GRANT=\n/);
  const settings = Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => /^export (\w+)=(.*)$/.exec(line)?.slice(1, 3) ?? []),
  );
  return { run, settings };
};

const connect = async (settings: Record<string, string>): Promise<SocketClient> => {
  const basic = Buffer.from(`${settings.ZOOM_CLIENT_ID}:${settings.ZOOM_CLIENT_SECRET}`).toString('base64');
  const answer = await fetch(settings.ZOOM_OAUTH_URL ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return openSocket(
    `${settings.ZOOM_WS_URL}?subscriptionId=${settings.ZOOM_SUBSCRIPTION_ID}&access_token=${access_token}`,
  );
};

/** The texts of the first events. */
const events = async (args: readonly string[], count: number, input?: string): Promise<string[]> => {
  const { settings } = await simulate(args, input);
  const client = await connect(settings);
  await client.frame(count);
  client.socket.terminate();
  return client.frames.slice(1, count + 1).map((frame) => JSON.parse(frame).content);
};

test('prints lines that sh can eval, and nothing else, on stdout; then says what happens on stderr', async () => {
  const { run, settings } = await simulate();
  const names = ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET', 'ZOOM_SUBSCRIPTION_ID'];
  const urls = ['ZOOM_WS_URL', 'ZOOM_OAUTH_URL', 'ZOOM_API_URL'];
  for (const name of [...names, ...urls]) {
    const shown = execFileSync('sh', ['-c', `${run.stdout()}printf %s "$${name}"`], { encoding: 'utf8' });
    expect(shown).toBe(settings[name]);
    expect(shown).not.toBe('');
  }
  const client = await connect(settings);
  await client.frame(1);
  await run.waitFor('stderr', /client 1 is connected[\s\S]*sent meeting\.created to 1 client/);
  expect(run.stdout().split('\n').filter(Boolean)).toSatisfy((lines: string[]) =>
    lines.every((line) => /^export (ZOOM|BREVO)_\w+=/.test(line)),
  );
});

test('leads the program itself to it: tail receives the stories', async () => {
  const { settings } = await simulate(['--rate', '200/s']);
  const tail = await runCli(['tail', '-n', '20'], { env: settings });
  expect(tail.status).toBe(0);
  expect(tail.stdout.trim().split('\n')).toHaveLength(20);
  expect(JSON.parse(tail.stdout.split('\n')[0] ?? '').event).toBe('meeting.created');
});

test('lets go of stdout once the settings are out, so that the shell goes on', () => {
  const script = `eval "$("${process.execPath}" "${BIN}" simulate --port 0 -q &)"; printf '%s' "$ZOOM_WS_URL"; kill "$ZOOM_WS_SIMULATOR_PID"`;
  const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8', timeout: 20_000 });
  expect(stdout).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws$/);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 0],
  ['SIGHUP', 129],
] as const)('ends cleanly by %s with status %i', async (signal, status) => {
  const { run } = await simulate();
  run.child.kill(signal);
  expect((await run.done).status).toBe(status);
});

test('survives that nobody reads its stdout or stderr', async () => {
  const run = startCli(['simulate', '--port', '0', '--rate', '500']);
  run.child.stdout.destroy();
  const said = await run.waitFor('stderr', /listens on (\S+)/);
  run.child.stderr.destroy();
  const [, url] = /listens on (\S+) /.exec(said) ?? [];
  await expect(fetch(`${url}/state.json`).then(({ status }) => status)).resolves.toBe(200);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test('says what to do when the port is in use', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { status, stdout, stderr } = await runCli(['simulate', '--port', String(port)]);
  taken.close();
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use[\\s\\S]*--port 0`));
});

test('warns when it can be reached from other machines', async () => {
  const { run, settings } = await simulate(['--host', '0.0.0.0']);
  await run.waitFor('stderr', /warning: the simulator can be reached from other machines/);
  expect(settings.ZOOM_WS_URL).toMatch(/^ws:\/\/127\.0\.0\.1:/);
});

test.each([
  [['--fault', 'dorp'], /drop, zombie, displace/],
  [['--fault', 'drop:soon'], /duration such as 500ms/],
  [['--rate', 'fast'], /2\/s/],
  [['--port', '70000'], /0 to 65535/],
  [['--epoch', 'yesterday'], /ISO 8601/],
  [['--token-ttl', '10ms'], /one second/],
  [['--seed', '-1'], /whole number/],
  [['--speed', '2'], /--from/],
  [['--from', 'no-such-file'], /no-such-file/],
  [['story'], /story/],
])('exits 2 before it listens: %j', async (args, words) => {
  const { status, stdout, stderr } = await runCli(['simulate', '--port', '0', ...args]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(words);
});

test('the same seed and epoch give the same bytes in two processes, at any pace', async () => {
  const fixed = ['--seed', '42', '--epoch', '2026-11-22T01:42:00Z', '--rate', '2000'];
  const [one, two] = [await events(fixed, 300), await events(fixed, 300)];
  expect(two).toEqual(one);
  expect(one.map((text) => JSON.parse(text).event_ts)).toEqual(
    one.map((_, n) => Date.parse('2026-11-22T01:42:00Z') + Math.round(n / 2)),
  );
  expect(await events([...fixed, '--seed', '43'], 10)).not.toEqual(one.slice(0, 10));
});

test('the same seed without an epoch tells the same stories at the time of the run', async () => {
  const types = async () => (await events(['--seed', '9', '--rate', '500'], 40)).map((text) => JSON.parse(text));
  const [one, two] = [await types(), await types()];
  expect(two.map(({ event }) => event)).toEqual(one.map(({ event }) => event));
  expect(Math.abs(one[0].event_ts - Date.now())).toBeLessThan(60_000);
});

test('sends only what --event selects, and stays up after --count', async () => {
  const { run, settings } = await simulate(['--event', 'phone,!phone.caller_*', '--count', '5', '--rate', '500']);
  const client = await connect(settings);
  await client.frame(5);
  client.socket.send('{"module":"heartbeat"}');
  expect(JSON.parse(await client.frame(6)).module).toBe('heartbeat');
  const types = client.frames.slice(1, 6).map((frame) => JSON.parse(JSON.parse(frame).content).event);
  expect(types.every((type) => /^phone\.(?!caller_)/.test(type))).toBe(true);
  expect(run.child.exitCode).toBeNull();
  client.socket.terminate();
});

const LINES = [
  '{"event":"a.one","event_ts":1000, "n": 1.0}',
  '{"event":"zoom_ws.gap","payload":{},"_meta":{"received_at":"2026-11-22T01:42:00.000Z"}}',
  '{"event":"b.two","event_ts":1001}',
  '{"event":"a.three","event_ts":1002,"_meta":{"id":"0123456789abcdef","received_at":"2026-11-22T01:42:00.000Z","lag_ms":1,"subscription":"s","seq":2}}',
];
const SENT = [LINES[0], LINES[2], '{"event":"a.three","event_ts":1002}'];

test.each(['plain', 'gz', 'stdin'])('sends a recording as Zoom sent it: %s', async (form) => {
  const file = join(emptyFolder(), `recording${form === 'gz' ? '.gz' : ''}`);
  const text = `${LINES.join('\n')}\n`;
  writeFileSync(file, form === 'gz' ? gzipSync(text) : text);
  const from = form === 'stdin' ? '-' : file;
  expect(await events(['--from', from], 3, form === 'stdin' ? text : undefined)).toEqual(SENT);
});

test('sends a recording at a rate, and filtered', async () => {
  const file = join(emptyFolder(), 'recording');
  writeFileSync(file, LINES.join('\n'));
  expect(await events(['--from', file, '--rate', '100', '--event', 'a.*'], 2)).toEqual([SENT[0], SENT[2]]);
});

test('passes over a damaged line of a recording, and says which', async () => {
  const file = join(emptyFolder(), 'recording');
  writeFileSync(file, `${LINES[0]}\n{"event":"cut\n${LINES[2]}\n`);
  const { run, settings } = await simulate(['--from', file]);
  const client = await connect(settings);
  await client.frame(2);
  expect(client.frames.slice(1).map((frame) => JSON.parse(frame).content)).toEqual([LINES[0], LINES[2]]);
  await run.waitFor('stderr', /warning: .*recording, line 2: /);
  client.socket.terminate();
});

test('keeps the pace of a recording with --speed', async () => {
  const file = join(emptyFolder(), 'recording');
  writeFileSync(file, '{"event":"a","event_ts":0}\n{"event":"b","event_ts":3600000}\n');
  const { settings } = await simulate(['--from', file, '--speed', '1']);
  const slow = await connect(settings);
  await slow.frame(1);
  slow.socket.send('{"module":"heartbeat"}');
  expect(JSON.parse(await slow.frame(2)).module).toBe('heartbeat');
  slow.socket.terminate();
  // A million times faster, an hour is over at once.
  expect(await events(['--from', file, '--speed', '1000000'], 2)).toHaveLength(2);
});

test.each([
  [[], [1, 2]],
  [['--no-dedupe'], [1, 1, 2, 2]],
])('its duplicates are emitted once by tail, or as they come: %j', async (args, expected) => {
  const file = join(emptyFolder(), 'recording');
  writeFileSync(file, '{"event":"a","n":1}\n{"event":"a","n":2}\n');
  const { settings } = await simulate(['--from', file, '--fault', 'duplicate:0s']);
  const { stdout } = await runCli(['tail', '-n', String(expected.length), ...args], { env: settings });
  const seen = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).n);
  expect(seen).toEqual(expected);
});
