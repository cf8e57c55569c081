import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CliOptions, emptyFolder, runCli } from '../../support/run-cli.ts';
import { startZoom, tail } from '../../support/zoom.ts';

/** A server that counts who so much as connects. */
const counting = async () => {
  let connections = 0;
  const server = createServer((_request, response) => response.end());
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, connections: () => connections };
};

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const complete = {
  ZOOM_CLIENT_ID: 'the-client',
  ZOOM_CLIENT_SECRET: 'hunter2-hunter2',
  ZOOM_SUBSCRIPTION_ID: 'sub1',
} as const;

/** Runs `tail` against a server that counts, and expects exit 2 with nothing sent and nothing on stdout. */
const refused = async (args: readonly string[], { env = {}, ...options }: CliOptions = {}): Promise<string> => {
  const server = await counting();
  const urls = { ZOOM_OAUTH_URL: `http://${server.host}/oauth/token`, ZOOM_WS_URL: `ws://${server.host}/ws` };
  const { status, stdout, stderr } = await runCli(['tail', ...args], { env: { ...urls, ...env }, ...options });
  expect({ status, stdout, connections: server.connections() }, stderr).toEqual({
    status: 2,
    stdout: '',
    connections: 0,
  });
  expect(stderr).not.toMatch(/\n\s+at /);
  return stderr;
};

test('names every missing setting at once, and where it was looked for', async () => {
  const stderr = await refused([]);
  for (const name of ['--client-id', 'ZOOM_CLIENT_ID', '--client-secret', 'ZOOM_CLIENT_SECRET']) {
    expect(stderr).toContain(name);
  }
  expect(stderr).toContain('--subscription-id, ZOOM_SUBSCRIPTION_ID');
  expect(stderr.match(/looked at the flag, the environment and \.env \(no such file\)/g)).toHaveLength(3);
});

test('says which file it looked into', async () => {
  const cwd = folderWith({ '.env': 'ZOOM_CLIENT_ID=x\n', 'other.env': 'ZOOM_CLIENT_ID=x\n' });
  expect(await refused([], { cwd })).toContain(`looked at the flag, the environment and .env (${cwd}/.env)`);
  expect(await refused(['--dotenv', 'other.env'], { cwd })).toContain(
    `looked at the flag, other.env (${cwd}/other.env) and the environment`,
  );
});

test('names missing and malformed settings of flags, environment and file together', async () => {
  const cwd = folderWith({ '.env': 'ZOOM_ACCOUNT_ID="has space"\n' });
  const args = ['--for', '10', '-n', 'many', '--heartbeat', '1 minute', '--max-retries', '-1', '--on-displaced', 'cry'];
  const more = ['-o', 'xml', '-e', 'a..b[', '-w', 'x~(', '--meeting', '', '--record-rotate', 'never'];
  const env = { ZOOM_GRANT: 'password', ZOOM_WS_URL: 'http://ws.zoom.us/ws', ZOOM_OAUTH_URL: 'http://zoom.us/oauth' };
  const stderr = await refused([...args, ...more], { cwd, env });
  for (const words of [
    '--for "10"',
    '--limit "many"',
    '--heartbeat "1 minute"',
    '--max-retries "-1"',
    '--on-displaced "cry"',
    '--output "xml"',
    '--where "x~("',
    '--record-rotate "never"',
    'ZOOM_ACCOUNT_ID in .env "has space"',
    'ZOOM_GRANT in the environment "password"',
    'ZOOM_WS_URL in the environment',
    'ZOOM_OAUTH_URL in the environment',
    '--client-id, ZOOM_CLIENT_ID',
    '--client-secret, ZOOM_CLIENT_SECRET',
    '--subscription-id, ZOOM_SUBSCRIPTION_ID',
  ]) {
    expect(stderr).toContain(words);
  }
});

test.each([
  ['a duration without a unit', ['--for', '60']],
  ['a duration of nothing', ['--for', '0s']],
  ['a negative duration', ['--for', '-5s']],
  ['a heartbeat of nothing', ['--heartbeat', '0s']],
  ['a heartbeat timeout of nothing', ['--heartbeat-timeout', '0ms']],
  ['a count with an exponent', ['-n', '1e3']],
  ['a count with a fraction', ['-n', '1.5']],
  ['a negative count', ['-n', '-1']],
  ['a number of retries that is none', ['--max-retries', 'forever']],
  ['a grant that is none', ['--grant', 'authorization_code']],
  ['a condition without a path', ['-w', '=x']],
  ['plain ws to another host', ['--ws-url', 'ws://ws.zoom.us/ws']],
  ['plain http to another host', ['--oauth-url', 'http://zoom.us/oauth/token']],
  ['plain http to a host that looks like loopback', ['--oauth-url', 'http://127.0.0.1.example.com/oauth/token']],
  ['plain http to a host that looks like localhost', ['--oauth-url', 'http://localhost.example.com/oauth/token']],
  ['a scheme that is no socket', ['--ws-url', 'https://ws.zoom.us/ws']],
  ['a URL without a scheme', ['--ws-url', 'ws.zoom.us/ws']],
  ['a socket as API', ['--api-url', 'wss://api.zoom.us/v2']],
  ['an unknown flag', ['--evnt', 'x']],
  ['a flag without its value', ['--limit']],
  ['words left over', ['meeting.started']],
  ['an unknown colour', ['--color', 'sometimes']],
  ['an unknown log format', ['--log-format', 'xml']],
])('refuses %s before anything is sent', async (_what, args) => {
  await refused(args, { env: complete });
});

test.each([
  ...['--where', '--event', '--meeting'].flatMap((flag) => [[flag, ''] as const, [flag, ' '] as const]),
  ['--event', ','] as const,
])('refuses an empty %s %j: an empty shell variable does not mean everything', async (flag, value) => {
  expect(await refused([flag, value], { env: complete })).toContain(flag);
  expect(await refused([`${flag}=${value}`, flag, 'meeting'], { env: complete })).toContain(flag);
  for (const [command, ...words] of [
    ['replay', '-'],
    ['stats', '-'],
  ] as const) {
    expect(await runCli([command, ...words, flag, value], { input: '' })).toMatchObject({ status: 2, stdout: '' });
  }
});

test.each([
  ['a missing directory', 'missing/a.ndjson'],
  ['a directory', '.'],
  ['a pipe', 'pipe'],
  ['a file with two names', 'two'],
])('refuses to record to %s', async (_what, path) => {
  const cwd = folderWith({ one: '' });
  linkSync(join(cwd, 'one'), join(cwd, 'two'));
  spawnSync('mkfifo', [join(cwd, 'pipe')]);
  expect(await refused(['--record', path], { cwd, env: complete })).toContain('The recording');
  expect(await runCli(['replay', '-', '--record', path], { cwd, input: '' })).toMatchObject({ status: 2, stdout: '' });
});

test('refuses a rotation without a recording', async () => {
  expect(await refused(['--record-rotate', '1h'], { env: complete })).toContain('--record');
});

test('names the missing subscription id beside a socket URL that is malformed and holds none', async () => {
  const { ZOOM_SUBSCRIPTION_ID: _id, ...rest } = complete;
  const stderr = await refused([], { env: { ...rest, ZOOM_WS_URL: 'nonsense' } });
  expect(stderr).toContain('ZOOM_WS_URL');
  expect(stderr).toContain('--subscription-id, ZOOM_SUBSCRIPTION_ID');
});

test('prefers the flag over the environment and the environment over .env', async () => {
  const zoom = await startZoom();
  const { ZOOM_CLIENT_SECRET, ZOOM_CLIENT_ID, ZOOM_ACCOUNT_ID, ...urls } = zoom.settings;
  const cwd = folderWith({
    '.env': `ZOOM_ACCOUNT_ID=${ZOOM_ACCOUNT_ID}\nZOOM_CLIENT_ID=file\nZOOM_CLIENT_SECRET=file\n`,
  });
  const env = { ...urls, ZOOM_CLIENT_ID: 'environment', ZOOM_CLIENT_SECRET };
  const args = ['tail', '--client-id', ZOOM_CLIENT_ID, '--for', '1ms', '--max-retries', '0'];
  const { stderr } = await runCli(args, { cwd, env });
  expect(stderr).toMatch(
    /warning: the credentials come from different places: account id from ZOOM_ACCOUNT_ID in \.env, client id from the command line \(--client-id\), client secret from ZOOM_CLIENT_SECRET in the environment/,
  );
  const run = tail(zoom, ['--client-id', ZOOM_CLIENT_ID], { cwd, env });
  await zoom.connected();
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
  expect(zoom.heard.tokenRequests.at(-1)).toMatchObject({ accountId: ZOOM_ACCOUNT_ID, status: 200 });
});

test('reads a file named by --dotenv before the environment', async () => {
  const zoom = await startZoom();
  const settings = Object.entries(zoom.settings).map(([name, value]) => `${name}=${value}`);
  const cwd = folderWith({ '.env': 'ZOOM_CLIENT_ID=wrong\n', 'prod.env': settings.join('\n') });
  const run = tail(zoom, ['--dotenv', 'prod.env'], { cwd, env: { ZOOM_CLIENT_ID: 'wrong-too' } });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  const { status, stderr } = await run.done;
  expect(status).toBe(0);
  expect(stderr).not.toContain('different places');
});

test('does not read .env when another file is named', async () => {
  const cwd = folderWith({ '.env': 'ZOOM_SUBSCRIPTION_ID=from-dot-env\n', 'a.env': '' });
  expect(await refused(['--dotenv', 'a.env'], { cwd })).toContain('The subscription id');
});

test('takes a missing .env for granted, but not a missing file that was named', async () => {
  expect(await refused(['--dotenv', 'nowhere.env'], { env: complete })).toMatch(/"nowhere\.env".*ENOENT/);
});

test('refuses a directory as settings file', async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'dir.env'));
  expect(await refused(['--dotenv', 'dir.env'], { cwd, env: complete })).toContain('dir.env');
});

test.each([
  ['double quotes', `ZOOM_CLIENT_ID="SimulatedClient00000001"`],
  ['single quotes', `ZOOM_CLIENT_ID='SimulatedClient00000001'`],
  ['backticks', 'ZOOM_CLIENT_ID=`SimulatedClient00000001`'],
  ['a comment', 'ZOOM_CLIENT_ID=SimulatedClient00000001 # the id'],
  ['export', 'export ZOOM_CLIENT_ID=SimulatedClient00000001'],
  ['spaces', '  ZOOM_CLIENT_ID =  SimulatedClient00000001  '],
  ['Windows line ends', 'A=b\r\nZOOM_CLIENT_ID=SimulatedClient00000001\r\nC=d\r\n'],
  ['a byte order mark', '\uFEFFZOOM_CLIENT_ID=SimulatedClient00000001'],
])("holds to dotenv's rules: %s", async (_what, text) => {
  const zoom = await startZoom();
  const cwd = folderWith({ '.env': text });
  const run = tail(zoom, [], { cwd, env: { ZOOM_CLIENT_ID: '' } });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test('counts an empty value as not set, as flag, in the environment and in the file', async () => {
  const cwd = folderWith({ '.env': 'ZOOM_CLIENT_SECRET=\nZOOM_SUBSCRIPTION_ID=""\n' });
  const stderr = await refused(['--client-id', '', '--account-id='], { cwd, env: { ZOOM_CLIENT_ID: '' } });
  expect(stderr).toContain('3 settings');
  expect(await refused(['--subscription-id', ',,'], { env: { ...complete, ZOOM_SUBSCRIPTION_ID: '' } })).toContain(
    'subscription id',
  );
});

test('falls back to the environment where the flag is empty', async () => {
  const zoom = await startZoom();
  const run = tail(zoom, ['--client-id', '', '--subscription-id', '', '--grant=', '--ws-url=', '--output=']);
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test('a secret on the command line works, with a warning that does not show it', async () => {
  const zoom = await startZoom();
  const { ZOOM_CLIENT_SECRET } = zoom.settings;
  const run = tail(zoom, ['--client-secret', ZOOM_CLIENT_SECRET]);
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  const { stderr } = await run.done;
  expect(stderr).toMatch(/warning: --client-secret on the command line/);
  expect(stderr).not.toContain(ZOOM_CLIENT_SECRET);
});

test.each([
  ['with a line end', 'made-up-by-the-simulator\n'],
  ['with a Windows line end', 'made-up-by-the-simulator\r\n'],
  ['without a line end', 'made-up-by-the-simulator'],
  ['with a byte order mark', '\uFEFFmade-up-by-the-simulator\n'],
])('reads the client secret from a file %s', async (_what, text) => {
  const zoom = await startZoom();
  const cwd = folderWith({ secret: text });
  const run = tail(zoom, ['--client-secret-file', 'secret'], { cwd, env: { ZOOM_CLIENT_SECRET: '' } });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test('reads the client secret from stdin where - is given', async () => {
  const zoom = await startZoom();
  const env = { ZOOM_CLIENT_SECRET: '', ZOOM_CLIENT_SECRET_FILE: '-' };
  const run = tail(zoom, [], { input: 'made-up-by-the-simulator\n', env });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test('a file of the flag goes before a secret of the environment, and the secret of the flag before a file', async () => {
  const zoom = await startZoom();
  const cwd = folderWith({ good: 'made-up-by-the-simulator\n', bad: 'wrong' });
  for (const [args, env] of [
    [['--client-secret-file', 'good'], { ZOOM_CLIENT_SECRET: 'wrong' }],
    [['--client-secret', 'made-up-by-the-simulator'], { ZOOM_CLIENT_SECRET: '', ZOOM_CLIENT_SECRET_FILE: 'bad' }],
  ] as const) {
    const run = tail(zoom, args, { cwd, env });
    await run.waitFor('stderr', /ready/);
    run.child.kill('SIGTERM');
    expect((await run.done).status).toBe(0);
  }
});

test.each([
  ['is missing', 'nowhere', /"nowhere".*ENOENT/],
  ['is empty', 'empty', /"empty".*empty/],
  ['is a directory', '.', /EISDIR/],
])('refuses a secret file that %s', async (_what, path, words) => {
  const cwd = folderWith({ empty: '\n' });
  const env = { ...complete, ZOOM_CLIENT_SECRET: '' };
  expect(await refused(['--client-secret-file', path], { cwd, env })).toMatch(words);
});

test('refuses a secret and its file of one rank', async () => {
  expect(await refused([], { env: { ...complete, ZOOM_CLIENT_SECRET_FILE: 'x' } })).toMatch(
    /Both ZOOM_CLIENT_SECRET in the environment and ZOOM_CLIENT_SECRET_FILE in the environment/,
  );
});

test('needs nothing but a subscription where a token is given, and asks for no other', async () => {
  const zoom = await startZoom();
  const answer = await fetch(zoom.settings.ZOOM_OAUTH_URL, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from('SimulatedClient00000001:made-up-by-the-simulator').toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const before = zoom.heard.tokenRequests.length;
  const none = { ZOOM_ACCOUNT_ID: '', ZOOM_CLIENT_ID: '', ZOOM_CLIENT_SECRET: '', ZOOM_CLIENT_SECRET_FILE: 'nowhere' };
  const run = tail(zoom, ['--access-token', token], { env: none });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  const { status, stderr } = await run.done;
  expect(status).toBe(0);
  expect(stderr).toContain('warning: --access-token on the command line');
  expect(stderr).not.toContain(token);
  expect(zoom.heard.tokenRequests).toHaveLength(before);
});

test('a refused token is reported with the place that it came from', async () => {
  const zoom = await startZoom();
  const run = tail(zoom, [], { env: { ZOOM_ACCESS_TOKEN: 'no-good-token' } });
  const { status, stderr } = await run.done;
  expect(status).toBe(3);
  expect(stderr).toContain('ZOOM_ACCESS_TOKEN in the environment');
  expect(stderr).not.toContain('no-good-token');
  expect(zoom.heard.tokenRequests).toHaveLength(0);
});

test('a refused client secret is reported with the place that it came from', async () => {
  const zoom = await startZoom();
  const cwd = folderWith({ '.env': 'ZOOM_CLIENT_SECRET=no-good-value\n' });
  const run = tail(zoom, [], { cwd, env: { ZOOM_CLIENT_SECRET: '' } });
  const { status, stderr } = await run.done;
  expect(status).toBe(3);
  expect(stderr).toContain('the client secret came from ZOOM_CLIENT_SECRET in .env');
  expect(stderr).not.toContain('no-good-value');
});

test.each(['--subscription-id', '--ws-url'])(
  'takes an endpoint URL pasted as %s, and drops its token',
  async (flag) => {
    const zoom = await startZoom();
    const { ZOOM_WS_URL, ZOOM_SUBSCRIPTION_ID } = zoom.settings;
    const pasted = `${ZOOM_WS_URL}?subscriptionId=${ZOOM_SUBSCRIPTION_ID}&access_token=pasted-along`;
    const run = tail(zoom, [flag, pasted, '-vv'], { env: { ZOOM_WS_URL: '', ZOOM_SUBSCRIPTION_ID: 'lower-rank' } });
    await run.waitFor('stderr', /ready/);
    run.child.kill('SIGTERM');
    const { status, stdout, stderr } = await run.done;
    expect(status).toBe(0);
    expect(stdout + stderr).not.toContain('pasted-along');
    const [upgrade] = zoom.heard.upgrades;
    expect(upgrade).toMatchObject({ subscription: ZOOM_SUBSCRIPTION_ID });
    expect(upgrade?.token).not.toContain('pasted-along');
  },
);

test('an id of higher rank goes before the one in a URL of lower rank', async () => {
  const zoom = await startZoom();
  const env = { ZOOM_WS_URL: `${zoom.settings.ZOOM_WS_URL}?subscriptionId=other`, ZOOM_SUBSCRIPTION_ID: '' };
  const run = tail(zoom, ['--subscription-id', zoom.settings.ZOOM_SUBSCRIPTION_ID], { env });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test('two different ids of one rank are refused, the same id twice is not', async () => {
  const env = { ...complete, ZOOM_WS_URL: 'ws://127.0.0.1:1/ws?subscriptionId=sub2' };
  expect(await refused([], { env })).toMatch(/"sub1".*"sub2"/);
  const zoom = await startZoom();
  const { ZOOM_WS_URL, ZOOM_SUBSCRIPTION_ID } = zoom.settings;
  const run = tail(zoom, [], { env: { ZOOM_WS_URL: `${ZOOM_WS_URL}?subscriptionId=${ZOOM_SUBSCRIPTION_ID}` } });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test.each([
  ['repeated', ['--subscription-id', 'SimulatedSubscription01', '--subscription-id', 'SimulatedSubscription02']],
  ['separated by commas', ['--subscription-id', 'SimulatedSubscription01, SimulatedSubscription02,']],
])('reads several subscriptions, %s', async (_how, args) => {
  const zoom = await startZoom();
  const run = tail(zoom, args);
  await run.waitFor('stderr', /ready.*(01|02)\n(.*\n)*.*ready.*(01|02)\n/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
  expect(new Set(zoom.heard.upgrades.map(({ subscription }) => subscription))).toEqual(
    new Set(['SimulatedSubscription01', 'SimulatedSubscription02']),
  );
});

test.each([
  ['a token in a URL that is no socket', ['--ws-url', 'https://ws.zoom.us/ws?access_token=hidden-thing']],
  ['a token in a pasted subscription', ['--subscription-id', 'ws://ws.zoom.us/ws?access_token=hidden-thing&a=1']],
  ['a password in a URL', ['--oauth-url', 'https://me:hidden-thing@zoom.us/oauth/token']],
  ['a secret behind a misspelt flag', ['--client-secrte=hidden-thing']],
  ['a malformed token', ['--access-token', '"hidden-thing"']],
])('shows no secret when it complains: %s', async (_what, args) => {
  expect(await refused(args, { env: complete })).not.toContain('hidden-thing');
  expect(await refused([...args, '--log-format', 'json', '-vv'], { env: complete })).not.toContain('hidden-thing');
});

test('plain URLs to every spelling of loopback are allowed', async () => {
  const zoom = await startZoom();
  const { port } = new URL(zoom.url);
  const env = { ZOOM_OAUTH_URL: `http://localhost:${port}/oauth/token`, ZOOM_WS_URL: `ws://127.0.0.1:${port}/ws` };
  const run = tail(zoom, [], { env });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test('reads stdin only where - is given', async () => {
  const zoom = await startZoom();
  const run = tail(zoom, [], { input: 'x'.repeat(200_000) });
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});
