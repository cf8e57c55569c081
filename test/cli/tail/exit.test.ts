import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { BIN, CHILD_ENV, emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { SOON } from '../../support/soon.ts';
import { readyTail, startZoom, tail } from '../../support/zoom.ts';

const EVENT = '{"event":"meeting.started","event_ts":1,"payload":{"object":{"id":1}}}';
const numbered = (n: number): string => EVENT.replace('"event_ts":1', `"event_ts":${n}`);

test.each([
  ['SIGTERM', 0],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('closes with 1000 on %s and exits %i', async (signal, expected) => {
  const zoom = await startZoom();
  const run = await readyTail(zoom);
  await run.waitFor('stderr', /ready/);
  run.child.kill(signal);
  const result = await run.done;
  expect(result).toMatchObject({ status: expected, signal: null, stdout: '' });
  expect(result.stderr).toMatch(/done: 0 received, 0 matched, 0 repeats, 0 gaps\n$/);
  expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]);
});

test.each([
  ['SIGTERM', 0],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('%s ends it while it waits for a token, for an answer, and between attempts', async (signal, status) => {
  const waits = [
    { rules: { tokenDelayMs: 600_000 } },
    { rules: { acceptDelayMs: 600_000 } },
    { rules: { upgradeStatus: 503 } },
  ];
  for (const options of waits) {
    const zoom = await startZoom(options);
    const run = tail(zoom, options.rules.upgradeStatus ? [] : ['-v']);
    await run.waitFor('stderr', options.rules.upgradeStatus ? /next attempt/ : /connecting/);
    run.child.kill(signal);
    expect(await run.done).toMatchObject({ status, signal: null });
  }
});

test('a SIGINT after another signal ends at once, even if nothing can be written any more', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom);
  run.child.stdout.pause();
  for (let n = 0; n < 2_000; n += 1) zoom.send(EVENT.replace('"id":1', `"id":${n},"x":"${'y'.repeat(1_000)}"`));
  await zoom.drained();
  run.child.kill('SIGTERM');
  await vi.waitFor(() => expect(zoom.heard.closes).toHaveLength(1), SOON);
  run.child.kill('SIGINT');
  const status = await new Promise((resolve) => run.child.on('exit', resolve));
  expect(status).toBe(130);
});

test('stops after -n matching events with 0, and emits no more than them', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-n', '3']);
  zoom.send([1, 2, 3, 4, 5].map(numbered));
  const { status, stdout, stderr } = await run.done;
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${[1, 2, 3].map(numbered).join('\n')}\n` });
  expect(stderr).toMatch(/done: 3 received, 3 matched/);
  expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]);
});

test('-n counts neither repeats nor what the filters hold back', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-n2', '-w', 'event_ts>=2']);
  zoom.send([1, 2, 2, 1, 3].map(numbered));
  expect(await run.done).toMatchObject({ status: 0, stdout: `${numbered(2)}\n${numbered(3)}\n` });
});

test('-n 0 is done before anybody is displaced', async () => {
  const zoom = await startZoom();
  expect(await tail(zoom, ['-n', '0']).done).toMatchObject({ status: 0, stdout: '' });
  expect(zoom.heard.tokenRequests).toHaveLength(0);
  expect(await runCli(['tail', '-n', '0'])).toMatchObject({ status: 2 });
});

test('--for without -n ends with 0 once connected', async () => {
  const zoom = await startZoom();
  const run = tail(zoom, ['--for', '1500ms']);
  expect(await run.done).toMatchObject({ status: 0 });
  expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]);
});

test('--for that is over before -n events had come ends with 124', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--for', '1500ms', '-n', '2']);
  zoom.send(EVENT);
  expect(await run.done).toMatchObject({ status: 124, stdout: `${EVENT}\n` });
});

test('-n events before --for is over end with 0', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--for', '1h', '-n', '1']);
  zoom.send(EVENT);
  expect(await run.done).toMatchObject({ status: 0 });
});

test.each([
  ['without -n', []],
  ['with -n', ['-n', '1']],
])('--for that is over without any connection ends with 1, %s', async (_how, args) => {
  const zoom = await startZoom({ rules: { acceptDelayMs: 600_000 } });
  const { status, stderr } = await tail(zoom, ['--for', '800ms', ...args]).done;
  expect(status).toBe(1);
  expect(stderr).toMatch(/error: .*never accepted/);
});

test('gives up after the retries with 1', async () => {
  const zoom = await startZoom();
  const { ZOOM_OAUTH_URL } = zoom.settings;
  await zoom.close();
  const { status, stderr } = await runCli(['tail', '--max-retries', '1'], {
    env: { ...zoom.settings, ZOOM_OAUTH_URL },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/error: Gave up after 2 failures in a row.*ECONNREFUSED/);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test.each([
  ['wrong credentials', {}, { ZOOM_CLIENT_SECRET: 'not-this-one' }],
  ['a wrong account', {}, { ZOOM_ACCOUNT_ID: 'nobody' }],
  ['a subscription of nobody', {}, { ZOOM_SUBSCRIPTION_ID: 'nothing' }],
  [
    'a subscription that is refused at the upgrade',
    { badSubscriptionStatus: 404 },
    { ZOOM_SUBSCRIPTION_ID: 'nothing' },
  ],
])('exits 3 for %s', async (_what, rules, env) => {
  const zoom = await startZoom({ rules });
  const { status, stdout, stderr } = await tail(zoom, [], { env }).done;
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toMatch(/error: /);
  expect(stderr).toMatch(/hint: /);
});

test('exits 4 when another client connects', async () => {
  const zoom = await startZoom();
  const first = await readyTail(zoom);
  await first.waitFor('stderr', /ready/);
  const second = tail(zoom, []);
  const { status, stderr } = await first.done;
  expect(status).toBe(4);
  expect(stderr).toMatch(/error: Another client connected/);
  second.child.kill('SIGTERM');
  expect(await second.done).toMatchObject({ status: 0 });
});

test('an answer that is no answer of Zoom is 1, after the retries', async () => {
  const server = createServer((_request, response) => response.end('<html><body>Sign in</body></html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const zoom = await startZoom();
  const env = { ZOOM_OAUTH_URL: `http://127.0.0.1:${port}/` };
  const { status, stderr } = await tail(zoom, ['--max-retries', '1'], { env }).done;
  expect(status).toBe(1);
  expect(stderr).toContain('not as Zoom does');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 0],
] as const)(
  'obeys %s in the background of a shell without job control, where SIGINT is ignored',
  async (signal, expected) => {
    const zoom = await startZoom();
    const script = `"${process.execPath}" "${BIN}" tail & echo $! >&2; wait $!; echo "status $?"`;
    const shell = spawn('sh', ['-c', script], {
      env: { ...CHILD_ENV, ...zoom.settings },
      cwd: emptyFolder(),
    });
    let out = '';
    let pid = 0;
    const done = new Promise<void>((resolve) => shell.on('close', () => resolve()));
    shell.stdout.on('data', (chunk) => {
      out += chunk;
    });
    shell.stderr.once('data', (chunk) => {
      pid = Number.parseInt(String(chunk), 10);
    });
    await zoom.connected();
    process.kill(pid, signal);
    await done;
    expect(out).toContain(`status ${expected}`);
  },
);

const canUnshare = spawnSync('unshare', ['-p', '-f', '--mount-proc', 'true']).status === 0;

const SIGNALS = [
  ['SIGTERM', 0],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const;

// Left out, not skipped, where a PID namespace is not permitted: in most containers.
test.each(canUnshare ? SIGNALS : [])('obeys %s as PID 1', async (signal, expected) => {
  const zoom = await startZoom();
  const node = spawn('unshare', ['-p', '-f', '--kill-child', '--mount-proc', process.execPath, BIN, 'tail', '-v'], {
    env: { ...CHILD_ENV, ...zoom.settings },
    cwd: emptyFolder(),
  });
  const done = new Promise<number | null>((resolve) => node.on('exit', resolve));
  onTestFinished(() => {
    node.kill('SIGKILL');
  });
  await zoom.connected();
  process.kill(Number(readFileSync(`/proc/${node.pid}/task/${node.pid}/children`, 'utf8')), signal);
  expect(await done).toBe(expected);
  expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]);
});

test('--demo ends like everything else', async () => {
  const run = startCli(['tail', '--demo', '-n', '2', '-q'], { env: { HTTP_PROXY: 'http://127.0.0.1:1' } });
  const { status, stdout, stderr } = await run.done;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).event),
  ).toHaveLength(2);
});

test('--demo pays no heed to settings, files or proxies that would lead elsewhere', async () => {
  const env = {
    HTTPS_PROXY: 'not a url',
    http_proxy: 'http://127.0.0.1:1',
    ZOOM_WS_URL: 'garbage',
    ZOOM_OAUTH_URL: 'garbage',
    ZOOM_CLIENT_SECRET_FILE: '/nowhere',
    ZOOM_ACCESS_TOKEN: 'x',
  };
  expect(await runCli(['tail', '--demo', '-n1', '--dotenv', 'nowhere'], { env })).toMatchObject({ status: 0 });
});
