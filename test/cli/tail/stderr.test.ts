import { expect, test, vi } from 'vitest';
import { runCli } from '../../support/run-cli.ts';
import { finish, readyTail, startZoom, tail } from '../../support/zoom.ts';

const LAST = '{"event":"test.last"}';

test('says connecting, one ready line once Zoom has accepted, and the summary; nothing else', async () => {
  const zoom = await startZoom({ rules: { acceptDelayMs: 300 } });
  const run = tail(zoom, []);
  await run.waitFor('stderr', /connecting/);
  // The socket is open, and Zoom has not answered yet.
  await new Promise<void>((resolve) => {
    const look = () => (zoom.clients.size > 0 ? resolve() : void setImmediate(look));
    look();
  });
  expect(run.stderr()).not.toContain('ready');
  await zoom.connected();
  zoom.send(LAST);
  const { stderr } = await finish(run, /test\.last/);
  const at = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  expect(stderr).toMatch(
    new RegExp(
      `^${at} connecting to subscription SimulatedSubscription01\n${at} ready: .*\n${at} done: 1 received, 1 matched, 0 repeats, 0 gaps\n$`,
    ),
  );
});

test('never says ready where the connection is refused after it opened', async () => {
  const zoom = await startZoom();
  const { status, stderr } = await tail(zoom, [], { env: { ZOOM_SUBSCRIPTION_ID: 'nobody' } }).done;
  expect(status).toBe(3);
  expect(stderr).not.toContain('ready');
});

test('says what was lost and why, when the next attempt is, and how long the gap was', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom);
  await run.waitFor('stderr', /ready/);
  for (const { socket } of zoom.clients) socket.close(1012, 'see you');
  await run.waitFor('stderr', /ready again/);
  zoom.send(LAST);
  const { stderr } = await finish(run, /test\.last/);
  expect(stderr).toMatch(/warning: disconnected: .*see you.*; next attempt in \d+(\.\d)?m?s \(1\)/);
  expect(stderr).toMatch(/ready again: .*; gap: nothing was received for \d/);
  expect(stderr).toMatch(/done: 1 received, 1 matched, 0 repeats, 1 gap \(\d/);
});

test('-q leaves only errors', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-q']);
  zoom.sendFrame('not json');
  for (const { socket } of zoom.clients) socket.close(1011, '');
  await vi.waitFor(() => expect(zoom.heard.upgrades).toHaveLength(2), { timeout: 10_000 });
  await zoom.connected();
  zoom.send(LAST);
  expect((await finish(run, /test\.last/)).stderr).toBe('');
  const { status, stderr } = await tail(zoom, ['-q'], { env: { ZOOM_CLIENT_SECRET: 'no-good-value' } }).done;
  expect(status).toBe(3);
  expect(stderr).toMatch(/^\S+ error: .*\n {2}hint: .*\n$/);
});

test('-vv shows what a frame is, and nothing of what it says, with --redact', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-vv', '--redact']);
  zoom.send('{"event":"test.note","payload":{"object":{"topic":"Zq hidden"}}}');
  zoom.sendFrame('Zq hidden, no JSON');
  zoom.sendFrame('{"module":"Zq hidden","content":"Zq hidden"}');
  await run.waitFor('stderr', /18 characters/);
  zoom.send(LAST);
  const { stdout, stderr } = await finish(run, /test\.last/);
  expect(stderr).toMatch(/< module message, type test\.note, \d+ characters\n/);
  expect(stderr).toMatch(/< module unknown, type unknown, 18 characters\n/);
  expect(stdout).toContain('"test.note"');
  expect(`${stdout}${stderr}`).not.toContain('Zq hidden"');
});

test('-vv shows each frame in both directions, without the token', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-vv', '--heartbeat', '100ms']);
  await run.waitFor('stderr', /> \{"module":"heartbeat"\}\n(.*\n)*.*< \{"module":"heartbeat"/);
  zoom.sendFrame('{"event":"a.b"}');
  zoom.send(LAST);
  const { stderr } = await finish(run, /test\.last/);
  expect(stderr).toMatch(/ < \{"module":"build_connection"/);
  expect(stderr).toMatch(/ < \{"event":"a\.b"\}\n/);
  expect(zoom.heard.upgrades[0]?.token).toBeTruthy();
  expect(stderr).not.toContain(zoom.heard.upgrades[0]?.token);
});

test('--log-format json writes one object per line, whatever happens', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-vv', '--log-format', 'json', '-e', 'nothing.like_this', '-e', 'test']);
  for (const frame of ['not\njson', '{"module":"x"}', '{"event":"a\u2028b"}']) zoom.sendFrame(frame);
  for (const { socket } of zoom.clients) socket.close(1011, 'line\nbreak');
  await run.waitFor('stderr', /"again":true/);
  zoom.send(LAST);
  const { stderr } = await finish(run, /test\.last/);
  const notices = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const notice of notices) {
    expect(notice).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: expect.stringMatching(/^(error|warning|info|detail|frame)$/),
      kind: expect.any(String),
      text: expect.any(String),
    });
  }
  const kinds = notices.map(({ kind }) => kind);
  for (const kind of ['warning', 'connecting', 'ready', 'malformed', 'retrying', 'frame', 'finished']) {
    expect(kinds).toContain(kind);
  }
});

test.each([
  [['tail', '--log-format', 'json', '--nope']],
  [['tail', '--nope', '--log-format=json']],
  [['--log-format', 'json', 'tial']],
  [['tail', 'word', '--log-format=json']],
  [['tail', '--log-format=json', '-n']],
  [['tail', '--log-format=json', '-e', 'a[']],
  [['tail', '--log-format=json', '--dotenv', 'nowhere']],
  [['tail', '--log-format=json', '--color', 'mauve']],
])('--log-format json holds for errors of the command line itself: %j', async (args) => {
  const { status, stdout, stderr } = await runCli(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(stderr)).toMatchObject({ level: 'error', kind: 'failed', text: expect.any(String) });
});

test('an event that comes late is told of, once', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom);
  for (const minutes of [120, 121]) {
    zoom.send(`{"event":"meeting.started","event_ts":${Date.now() - minutes * 60_000}}`);
  }
  zoom.send(LAST);
  const { stderr } = await finish(run, /test\.last/);
  expect(stderr.match(/warning: events arrive late: meeting\.started came 2h after it happened/g)).toHaveLength(1);
});

test('a pattern that matches no known type is warned of with near names, and quotes that came along are taken off', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-e', 'meeting.startd', '-e', "'test.*'"]);
  zoom.send(LAST);
  const { stderr, stdout } = await finish(run, /test\.last/);
  expect(stderr).toMatch(
    /warning: --event meeting\.startd: no known event type matches; did you mean meeting\.started/,
  );
  expect(stderr).toMatch(/warning: --event .*taken without its quotes/);
  expect(stdout).toBe(`${LAST}\n`);
});

test('words left over are exit 2, and the message names the shell', async () => {
  const { status, stderr } = await runCli(['tail', '--event', 'meeting.json', 'meeting.txt']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/"meeting\.txt".*shell has probably expanded a pattern/);
});

test.each([
  [['-v', 'tail']],
  [['tail', '-v']],
  [['-vv', 'tail', '-q']],
  [['--color=never', 'tail', '-f', '--follow']],
  [['-q', '--log-format', 'json', 'tail', '--color', 'auto', '-v']],
])('general flags stand anywhere: %j', async (args) => {
  const { status, stdout } = await runCli([...args, '--demo', '-n1', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toHaveProperty('event');
});

test.each([[['-fqn1']], [['-qfvn', '1']], [['-qn1', '-ondjson']]])(
  'short flags can be written together: %j',
  async (args) => {
    const { status, stdout, stderr } = await runCli(['tail', '--demo', ...args]);
    expect({ status, lines: stdout.split('\n').length, stderr }).toEqual({ status: 0, lines: 2, stderr: '' });
  },
);

test.each([
  [['--version', 'tail']],
  [['tail', '-n', '1', '--version']],
  [['tail', '--demo', '--help']],
  [['--help', 'tail']],
  [['tail', '-q', '--help']],
  [['--help']],
  [['help']],
  [['help', 'tail']],
])('help and version stand anywhere, on stdout, with exit 0: %j', async (args) => {
  const { status, stdout, stderr } = await runCli(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(args.includes('--version') ? /^\d+\.\d+\.\d+\n$/ : /Examples:\n/);
  if (args.includes('tail') && stdout.length > 10) expect(stdout).toContain('--on-displaced');
});

test('a reader that leaves in the middle of help costs nothing', async () => {
  const { spawnSync } = await import('node:child_process');
  const { BIN } = await import('../../support/run-cli.ts');
  const script = `"${process.execPath}" "${BIN}" tail --help | head -1; echo "status $PIPESTATUS"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'Usage: zoom-ws tail [options]\nstatus 0\n', stderr: '' });
});
