import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { CHECK_IDS, SYNC_CHECK_IDS, WEBHOOK_CHECK_IDS } from '../../../src/doctor/check.ts';
import { answering, closeAll, deadPort, examine, simulator } from '../../support/doctor-world.ts';
import { BIN, CHILD_ENV, emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { connect } from '../../support/socket-client.ts';
import { hasScript, onTerminal } from '../../support/terminal.ts';

afterEach(closeAll);

const QUICK = ['--yes', '--wait', '300ms'];
const SECRET = 'S3cret-Of-This-Test-0123456789ab';

const sampleEvent = (at = Date.now(), type = 'meeting.started') =>
  JSON.stringify({
    event: type,
    event_ts: at,
    payload: { object: { topic: 'Private topic', host_email: 'ada@example.com' } },
  });

test('passes everything against a simulator that sends events, with one token and clean closes', async () => {
  const zoom = await simulator();
  const events = zoom.connected().then(() => zoom.send([sampleEvent(), sampleEvent(Date.now() + 1)]));
  const report = await examine(QUICK, zoom.settings);
  await events;
  expect(report.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
  expect(report.of('pass')).toEqual(CHECK_IDS);
  expect(report).toMatchObject({ ok: true, status: 0, stderr: '' });
  expect(report.verdict).toMatch(/^Everything works\. .*webhooks/);
  expect(zoom.heard.tokenRequests).toHaveLength(1);
  expect(zoom.heard.closes.map(({ code }) => code)).toEqual([1006, 1000]);
  expect(Object.keys(report.checks[0] ?? {})).toEqual([
    'id',
    'section',
    'title',
    'status',
    'detail',
    'hint',
    'duration_ms',
  ]);
});

const AS_NOBODY = ['-U', '--map-user=54321', '--map-group=54321'];
const canUnshare = spawnSync('unshare', [...AS_NOBODY, 'true']).status === 0;

// Left out, not skipped, where a user namespace is not permitted: in most containers.
test.each(canUnshare ? [['a user of whom the machine knows only a number']] : [])('works for %s', async () => {
  const zoom = await simulator();
  const events = zoom.connected().then(() => zoom.send(sampleEvent()));
  const command = [...AS_NOBODY, process.execPath, BIN, 'doctor', ...QUICK];
  const { stderr } = await promisify(execFile)('unshare', command, {
    env: { ...CHILD_ENV, ...zoom.settings },
    cwd: emptyFolder(),
  });
  await events;
  expect(stderr).toBe('');
});

test('asks for one token although it dies during the run', async () => {
  const zoom = await simulator({ rules: { tokenTtlMs: 1_000 } });
  const report = await examine(['--yes', '--wait', '1200ms'], zoom.settings);
  expect(report.check('oauth.token')).toMatchObject({ status: 'warn', detail: expect.stringContaining('expires in') });
  expect(zoom.heard.tokenRequests).toHaveLength(1);
});

test('writes a page of 80 columns without colour, secrets and payloads, made to be pasted', async () => {
  const zoom = await simulator({ rules: { clientSecret: SECRET } });
  const events = zoom.connected().then(() => zoom.send(sampleEvent()));
  const { stdout, stderr, status } = await runCli(['doctor', ...QUICK], { env: zoom.settings });
  await events;
  expect(status).toBe(0);
  expect(stderr).toBe('');
  const tooLong = stdout.split('\n').filter((line) => line.length > 80);
  expect(tooLong).toEqual([]);
  expect(stdout).toContain(`zoom-ws ${manifest.version}, Node ${process.versions.node}, ${process.platform}`);
  expect(stdout).toContain('proxy: none');
  expect(stdout).toMatch(/ok {4}oauth\.clock +offset/);
  expect(stdout).toMatch(/events\.received +meeting\.started 1/);
  expect(stdout).toMatch(/17 passed, 0 warned, 0 failed, 0 skipped\n\nVerdict: Everything works/);
  expect(stdout).not.toContain('\u001b');
  for (const text of [SECRET, 'Private topic', 'ada@example.com']) expect(stdout).not.toContain(text);
});

test('prints each check as it finishes', async () => {
  const zoom = await simulator();
  const run = startCli(['doctor', '--yes', '--wait', '2m'], { env: zoom.settings });
  await run.waitFor('stdout', /socket\.heartbeat +answered/);
  expect(run.stdout()).not.toContain('Verdict');
  run.child.kill('SIGINT');
  expect(await run.done).toMatchObject({ status: 130, signal: null });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 0],
] as const)('%s while it listens closes the connection and ends with %i', async (signal, status) => {
  const zoom = await simulator();
  const run = startCli(['doctor', '--yes', '--json', '--wait', '2m'], { env: zoom.settings });
  await zoom.connected();
  run.child.kill(signal);
  expect(await run.done).toMatchObject({ status, ...(signal === 'SIGTERM' && { stdout: '' }) });
  expect(zoom.heard.closes.map(({ code }) => code)).toEqual([1000]);
  expect(zoom.heard.tokenRequests).toHaveLength(1);
});

test('Ctrl-C gives a verdict on what was tested by then, and names what was not', async () => {
  const zoom = await simulator();
  for (const args of [[], ['--json']]) {
    const run = startCli(['doctor', '--yes', '--wait', '2m', ...args], { env: zoom.settings });
    // The page is written as it goes; the object comes at the end.
    if (args.length === 0) await run.waitFor('stdout', /socket\.heartbeat +answered/);
    else await zoom.connected();
    run.child.kill('SIGINT');
    const { status, stdout } = await run.done;
    expect(status).toBe(130);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /Stopped before it was over\. What was tested works\. Not tested: .*events\.received/,
    );
    if (args.length > 0) expect(JSON.parse(stdout)).toMatchObject({ ok: false, checks: expect.any(Array) });
  }
});

test('says "everything works" only when everything was tested', async () => {
  const zoom = await simulator();
  const part = await examine(['--yes', '--wait', '100ms', '--only', 'connection'], zoom.settings);
  expect(part.of('fail')).toEqual([]);
  expect(part.verdict).toMatch(/^What was tested works\./);
  const noGrant = await examine(['--yes', '--wait', '2s'], { ...zoom.settings, ZOOM_ACCOUNT_ID: '' });
  expect(noGrant.of('skip')).toContain('api.probe');
  expect(noGrant.verdict).not.toMatch(/everything works/i);
  expect(noGrant.verdict).toContain('api.probe');
});

test('names every missing setting in the verdict', async () => {
  const { verdict } = await examine([], { ZOOM_ACCOUNT_ID: 'abcdefghij0123456789AB' });
  for (const name of ['ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET', 'ZOOM_SUBSCRIPTION_ID']) expect(verdict).toContain(name);
});

test('gives the time that it listened, not that which was asked for, when displaced early', async () => {
  const zoom = await simulator({ faults: [{ name: 'displace', afterMs: 200 }] });
  const { check } = await examine(['--yes', '--wait', '60s'], zoom.settings);
  expect(check('socket.exclusive').detail).toMatch(/displaced \d+ms after connecting/);
  for (const id of ['events.duplicates', 'events.received']) {
    expect(check(id).detail).toMatch(/no event came in (the )?\d+ms/);
    expect(check(id).detail).not.toMatch(/60s|1m/);
  }
});

test('Ctrl-C while Zoom does not answer ends at once', async () => {
  const zoom = await simulator();
  const silent = await answering(undefined);
  const run = startCli(['doctor', '--yes'], { env: { ...zoom.settings, ZOOM_OAUTH_URL: `${silent}/oauth/token` } });
  await run.waitFor('stdout', /network\.oauth/);
  run.child.kill('SIGINT');
  expect(await run.done).toMatchObject({ status: 130 });
});

test('without a terminal and without --yes does not open the socket, and says why', async () => {
  const zoom = await simulator();
  const report = await examine([], zoom.settings);
  const opening = CHECK_IDS.slice(CHECK_IDS.indexOf('socket.accepted'));
  expect(report.of('skip')).toEqual(opening);
  for (const id of opening) expect(report.check(id).detail).toContain('no --yes, and no terminal');
  expect(report.check('socket.accepted').hint).toMatch(/displaces a consumer.*--yes.*--offline/);
  expect(report).toMatchObject({ ok: true, status: 0 });
  expect(zoom.heard.upgrades).toEqual([]);
});

test('--offline does not open the socket, but probes its host', async () => {
  const zoom = await simulator();
  const report = await examine(['--offline', '--yes'], zoom.settings);
  expect(report.check('network.socket').status).toBe('pass');
  expect(report.check('socket.accepted')).toMatchObject({ status: 'skip', detail: 'not opened: --offline' });
  expect(report.check('events.received').detail).toContain('--offline');
  expect(zoom.heard.upgrades).toEqual([]);
});

test('leaves a connected consumer alone unless it may displace it', async () => {
  const zoom = await simulator();
  const consumer = await connect(zoom);
  await examine([], zoom.settings);
  expect(consumer.socket.readyState).toBe(consumer.socket.OPEN);
  await examine(QUICK, zoom.settings);
  expect((await consumer.closed).reason).toContain('another place');
});

test.each([
  [
    ['--only', 'oauth.token'],
    ['setup.settings', 'network.oauth', 'oauth.token'],
  ],
  [
    ['--only', '0'],
    ['setup.runtime', 'setup.settings', 'setup.env-file'],
  ],
  [
    ['--only', 'subscription'],
    ['setup.settings', 'subscription.url'],
  ],
  [
    ['--only', 'setup.runtime', '--only', 'api.probe'],
    ['setup.runtime', 'setup.settings', 'network.oauth', 'oauth.token', 'api.probe'],
  ],
])('%j runs the named checks and what they need', async (args, ids) => {
  const zoom = await simulator();
  const report = await examine(args, zoom.settings);
  expect(report.of('pass')).toEqual(ids);
  expect(report.checks).toHaveLength(ids.length);
});

test('--only events.received ends with the first event', async () => {
  const zoom = await simulator();
  const events = zoom.connected().then(() => zoom.send(sampleEvent()));
  const report = await examine(['--yes', '--wait', '10m', '--only', 'events.received'], zoom.settings);
  await events;
  expect(report.check('events.received').status).toBe('pass');
});

test('--only with an unknown name is wrong usage and lists the names', async () => {
  const { status, stdout, stderr } = await runCli(['doctor', '--only', 'socket']);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  for (const name of [...CHECK_IDS, '4 (reliability)']) expect(stderr).toContain(name);
});

test.each([
  [['doctor', '--wait', 'soon'], '--wait "soon"'],
  [['doctor', 'extra'], 'Unexpected argument "extra"'],
  [['doctor', '--recording', 'nowhere.ndjson'], '"nowhere.ndjson" cannot be read'],
])('%j is wrong usage', async (args, words) => {
  const { status, stdout, stderr } = await runCli(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(words);
});

test('--list names every check by section and sends nothing', async () => {
  const { status, stdout } = await runCli(['doctor', '--list']);
  expect(status).toBe(0);
  expect(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .map((line) => line.trim().split(' ')[0]),
  ).toEqual([...CHECK_IDS, ...WEBHOOK_CHECK_IDS, ...SYNC_CHECK_IDS]);
  expect(stdout).toContain('4 reliability\n  socket.heartbeat');
});

test('--strict makes a warning fail', async () => {
  const zoom = await simulator();
  expect(await examine(QUICK, zoom.settings)).toMatchObject({ ok: true, status: 0 });
  expect(await examine([...QUICK, '--strict'], zoom.settings)).toMatchObject({ ok: false, status: 1 });
});

test('skips the API probe for the grant client_credentials', async () => {
  const zoom = await simulator();
  const report = await examine(['--offline'], { ...zoom.settings, ZOOM_GRANT: 'client_credentials' });
  expect(report.check('api.probe')).toMatchObject({
    status: 'skip',
    detail: expect.stringContaining('client_credentials'),
  });
});

test('names the grant that worked where the first one did not', async () => {
  const zoom = await simulator({ rules: { grants: ['client_credentials'] } });
  const report = await examine(['--offline'], zoom.settings);
  expect(report.check('oauth.token')).toMatchObject({
    status: 'pass',
    detail: expect.stringContaining('--grant client_credentials'),
  });
});

test('asks for no token where one is given, and goes on with it', async () => {
  const zoom = await simulator({ rules: { invalidTokenText: 'Token is invalid' } });
  const token = (await (
    await fetch(zoom.settings.ZOOM_OAUTH_URL, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('SimulatedClient00000001:made-up-by-the-simulator').toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: 'SimulatedAccount0000001' }),
    })
  ).json()) as { access_token: string };
  const report = await examine(QUICK, { ...zoom.settings, ZOOM_ACCESS_TOKEN: token.access_token });
  expect(report.of('skip')).toEqual([
    'network.oauth',
    'oauth.clock',
    'events.duplicates',
    'events.order',
    'events.lag',
  ]);
  expect(report.check('socket.accepted').status).toBe('pass');
  expect(zoom.heard.tokenRequests).toHaveLength(1);
  expect(`${report.stdout}${report.stderr}`).not.toContain(token.access_token);
});

test('sees that a given token has expired', async () => {
  const zoom = await simulator();
  const claims = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url');
  const report = await examine(['--offline'], { ...zoom.settings, ZOOM_ACCESS_TOKEN: `eyJ0.${claims}.sig` });
  expect(report.check('oauth.token')).toMatchObject({ status: 'warn', detail: expect.stringContaining('expired') });
  expect(report.check('api.probe')).toMatchObject({ status: 'fail', hint: expect.stringContaining('given token') });
});

test('sends the token to no host but Zoom’s unless one was configured', async () => {
  const zoom = await simulator();
  const { ZOOM_API_URL: _, ...env } = zoom.settings;
  const report = await examine(['--only', 'api.probe'], { ...env, HTTPS_PROXY: 'http://127.0.0.1:9' });
  expect(report.check('api.probe').detail).toContain('api.zoom.us');
  expect(zoom.heard.apiRequests).toEqual([]);
});

test('examines several subscriptions side by side', async () => {
  const zoom = await simulator();
  const events = zoom.connected().then(() => zoom.send(sampleEvent()));
  const ids = 'SimulatedSubscription01,SimulatedSubscription02';
  const report = await examine(QUICK, { ...zoom.settings, ZOOM_SUBSCRIPTION_ID: ids });
  await events;
  expect(report.of('fail')).toEqual([]);
  expect(report.check('socket.accepted').detail).toContain('2 subscriptions accepted');
  expect(report.check('events.duplicates').status).not.toBe('warn');
  expect(zoom.heard.closes).toHaveLength(4);
});

test('says which of several subscriptions was refused', async () => {
  const zoom = await simulator();
  const report = await examine(QUICK, { ...zoom.settings, ZOOM_SUBSCRIPTION_ID: 'SimulatedSubscription01,Nonsense' });
  expect(report.check('socket.accepted').detail).toMatch(/Nonsense: Zoom refused[\s\S]*1 of 2 subscriptions accepted/);
});

test('looks at a recording without any connection', async () => {
  const cwd = emptyFolder();
  const meta = (at: number) => `,"_meta":{"received_at":"${new Date(at).toISOString()}"}}`;
  const line = (at: number, lagMs: number) => `${sampleEvent(at).slice(0, -1)}${meta(at + lagMs)}`;
  const lines = [line(2_000, 10), line(1_000, 1_100), line(1_000, 1_200), '{broken', line(3_000, 7_200_000)];
  writeFileSync(join(cwd, 'today.ndjson.gz'), gzipSync(`${lines.join('\n')}\n`));
  const report = await examine(['--recording', 'today.ndjson.gz', '--only', 'semantics'], {}, { cwd });
  expect(report.checks.map(({ id }) => id)).toEqual(['events.duplicates', 'events.order', 'events.lag']);
  expect(report.of('warn')).toHaveLength(3);
  expect(report.check('events.duplicates').detail).toContain('1 of 4 events');
  expect(report.check('events.order').detail).toContain('2 of 4 events came out of order');
  expect(report.check('events.order').detail).toContain('1 unreadable');
  expect(report.check('events.lag').detail).toContain('the latest 2h');
  expect(report.status).toBe(0);
});

test('says where each value came from, and what a value hides', async () => {
  const zoom = await simulator();
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, '.env'),
    'ZOOM_CLIENT_ID=another\nZOOM_CLIENTSECRET=x\nZOOM_ACCOUNT_ID=SimulatedAccount0000001\n',
  );
  chmodSync(join(cwd, '.env'), 0o600);
  const { ZOOM_ACCOUNT_ID: _, ...env } = zoom.settings;
  const report = await examine(['--only', 'setup', '--api-url', zoom.settings.ZOOM_API_URL], env, { cwd });
  const { detail } = report.check('setup.settings');
  expect(detail).toContain('from .env: account id');
  expect(detail).toContain('from the command line: API URL');
  expect(detail).toContain('ZOOM_CLIENT_ID in the environment hides another value in .env');
  expect(detail).toMatch(/credentials come from different places/);
});

test('points at a variable with nearly the right name', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.env'), 'ZOOM_CLIENTID=abc\n');
  const report = await examine(['--only', 'setup.settings'], {}, { cwd });
  expect(report.check('setup.settings').hint).toContain(
    '"ZOOM_CLIENTID" in .env is not read: its name must be ZOOM_CLIENT_ID',
  );
});

test('takes a pasted endpoint URL for its subscription id, and says so', async () => {
  const zoom = await simulator();
  const { ZOOM_WS_URL: _, ...env } = zoom.settings;
  const url = `${zoom.settings.ZOOM_WS_URL}?subscriptionId=SimulatedSubscription01&access_token=pasted-token-of-somebody`;
  const report = await examine(QUICK, { ...env, ZOOM_SUBSCRIPTION_ID: url });
  expect(report.check('setup.settings').detail).toContain('was taken for its subscription id');
  expect(report.check('socket.accepted').status).toBe('pass');
  expect(report.stdout).not.toContain('pasted-token');
});

test('knows of a zoom-ws of this user that is connected, and of no dead one', async () => {
  const zoom = await simulator();
  const runtime = emptyFolder();
  const env = { ...zoom.settings, XDG_RUNTIME_DIR: runtime };
  const tail = startCli(['tail', '--lifecycle'], { env });
  await tail.waitFor('stdout', /zoom_ws\.connected/);
  const before = await examine([], env);
  expect(before.check('socket.accepted').hint).toContain(`pid ${tail.child.pid}`);
  const during = await examine(QUICK, env);
  expect(during.check('socket.exclusive')).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining(`pid ${tail.child.pid}`),
  });
  expect((await tail.done).status).toBe(4);
  const after = await examine([], env);
  expect(after.check('socket.accepted').hint).not.toContain('pid');
});

test('never shows a token URL, a secret or a token, at any verbosity', async () => {
  const zoom = await simulator({ rules: { clientSecret: SECRET } });
  const { stdout, stderr } = await runCli(['doctor', '-vv', ...QUICK], { env: zoom.settings });
  const token = zoom.heard.upgrades[0]?.token ?? '';
  expect(token).not.toBe('');
  for (const text of [SECRET, token]) expect(`${stdout}${stderr}`).not.toContain(text);
});

test('tolerates a folder for runtime files that cannot be used', async () => {
  const zoom = await simulator();
  const folder = emptyFolder();
  mkdirSync(join(folder, 'zoom-ws'), { mode: 0o777 });
  chmodSync(join(folder, 'zoom-ws'), 0o777);
  const report = await examine(['--offline'], { ...zoom.settings, XDG_RUNTIME_DIR: folder });
  expect(report.status).toBe(0);
});

// Needs util-linux's `script`; skipped where it is missing.
const onPty = test.skipIf(!hasScript);

onPty.each([
  ['n', 'skip'],
  ['y', 'ok'],
])('the question stands on the terminal until it is answered: %s', async (answer, status) => {
  const zoom = await simulator();
  const run = await onTerminal(['doctor', '--wait', '100ms', '--only', 'connection'], {
    env: zoom.settings,
    columns: 80,
  });
  await run.waitFor(/Connect\? \[y\/N\] /);
  run.type(`${answer}\n`);
  expect(await run.done).toBe(0);
  const [before = '', after = ''] = run.screen().split('Connect? [y/N] ');
  expect(before).toContain('network.socket');
  expect(after).toMatch(/^\r\n/);
  expect(after).toMatch(new RegExp(`${status}\\S* +socket\\.accepted`));
});

onPty('says while it listens how long that will be, and what to do meanwhile', async () => {
  const zoom = await simulator();
  const run = await onTerminal(['doctor', '--yes', '--wait', '20s'], { env: zoom.settings, columns: 80 });
  await run.waitFor(/listening, 20 s left: start a meeting now/);
  await run.waitFor(/listening, 1\d s left/);
  run.type('\u0003');
  expect(await run.done).toBe(130);
  expect(run.screen()).toContain('Stopped before it was over.');
});

onPty.each([
  ['< /dev/null | cat', '0 setup', false],
  ['--json < /dev/null | cat', '"ok":true', true],
  ['< /dev/null', '0 setup', true],
])('progress is drawn only where it cannot get into the page: %s', async (behind, page, isDrawn) => {
  const zoom = await simulator();
  const run = await onTerminal(['doctor', '--offline'], { env: zoom.settings, columns: 80, behind });
  await run.done;
  expect(run.screen()).toContain(page);
  expect(run.screen().includes('  ... ')).toBe(isDrawn);
});

test('no line is wider than 80 columns, whatever is in it', async () => {
  const env = {
    ZOOM_CLIENT_ID: 'abc',
    ZOOM_CLIENT_SECRET: SECRET,
    ZOOM_OAUTH_URL: `http://127.0.0.1:${await deadPort()}/oauth/token`,
    ZOOM_SUBSCRIPTION_ID: `Sub${'0123456789'.repeat(12)}`,
    ZOOM_WS_URL: `wss://events.zoom-gateway.emea.internal.example.invalid/${'a-long-path/'.repeat(9)}ws`,
  };
  const { stdout } = await runCli(['doctor', '--only', 'subscription'], { env });
  expect(stdout).toContain('events.zoom-gateway.emea.internal.example.invalid');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('what is skipped for one reason shares one line, in the page only', async () => {
  const { stdout } = await runCli(['doctor', '--offline']);
  const page = stdout.replace(/\s+/g, ' ');
  expect(page).toMatch(
    /skip network\.oauth not run, because setup\.settings failed; the same for oauth\.token, .*, events\.received 2 passed/,
  );
  expect(stdout.match(/^ {2}skip/gm)).toHaveLength(1);
  const zoom = await simulator();
  const offline = (await runCli(['doctor', '--offline'], { env: zoom.settings })).stdout;
  expect(offline.match(/^ {2}skip/gm)).toHaveLength(1);
  expect(offline).toMatch(/skip +socket\.accepted +not opened: --offline; the same for\s/);
  const report = await examine(['--offline'], {});
  expect(report.check('api.probe').detail).toBe('not run, because setup.settings failed');
});

test.each([
  [undefined, 'there is no .env file, and no other file holds a secret'],
  ['', '.env holds no client secret and no access token, and no other file holds a secret'],
  ['ZOOM_CLIENT_SECRET=\n', '.env holds no client secret and no access token, and no other file holds a secret'],
])('setup.env-file speaks of the .env that setup.settings looked at: %j', async (content, detail) => {
  const cwd = emptyFolder();
  if (content !== undefined) writeFileSync(join(cwd, '.env'), content);
  const report = await examine(['--only', 'setup'], {}, { cwd });
  expect(report.check('setup.settings').detail).toContain(
    content === undefined ? '.env (no such file)' : `.env (${join(cwd, '.env')})`,
  );
  expect(report.check('setup.env-file')).toMatchObject({ status: 'pass', detail });
});

test('a host that cannot be reached is named with the setting that it came from', async () => {
  const zoom = await simulator();
  const dead = await deadPort();
  const socket = await examine(['--only', 'network.socket', '--ws-url', `ws://127.0.0.1:${dead}/ws`], zoom.settings);
  expect(socket.check('network.socket')).toMatchObject({
    status: 'fail',
    hint: expect.stringContaining('The URL is from --ws-url.'),
  });
  const env = { ...zoom.settings, ZOOM_OAUTH_URL: `http://127.0.0.1:${dead}/oauth/token` };
  const token = await examine(['--only', 'network.oauth'], env);
  expect(token.check('network.oauth')).toMatchObject({
    status: 'fail',
    hint: expect.stringContaining('The URL is from ZOOM_OAUTH_URL in the environment.'),
  });
});

test('a wrong path of the token URL is no refusal of the credentials', async () => {
  const zoom = await simulator();
  const url = await answering({ status: 404, body: { status: 404, error: 'Not Found', path: '/oauth/tokn' } });
  const report = await examine(['--only', 'oauth.token'], { ...zoom.settings, ZOOM_OAUTH_URL: `${url}/oauth/tokn` });
  expect(report.check('oauth.token')).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('this is not a token endpoint'),
    hint: expect.stringContaining('ZOOM_OAUTH_URL'),
  });
});
