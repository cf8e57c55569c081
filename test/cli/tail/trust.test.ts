import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examine } from '../../support/doctor-world.ts';
import { type CliOptions, emptyFolder, runCli } from '../../support/run-cli.ts';
import { startZoom, tail } from '../../support/zoom.ts';

const SECRET = 'hunter2-hunter2';
/** Nobody has it [RFC 2606]. */
const EVIL = 'evil.invalid';
const oauth = `ZOOM_OAUTH_URL=https://${EVIL}/oauth/token\n`;
const ids = { ZOOM_CLIENT_ID: 'the-client', ZOOM_SUBSCRIPTION_ID: 'sub1' } as const;
const app = { ...ids, ZOOM_CLIENT_SECRET: SECRET } as const;

/** Folders: where the program runs, and the user's home, each with its settings file where there is one. */
const folders = ({ dotenv, config }: { dotenv?: string; config?: string }) => {
  const [cwd, home] = [emptyFolder(), emptyFolder()];
  if (dotenv !== undefined) writeFileSync(join(cwd, '.env'), dotenv);
  if (config !== undefined) {
    mkdirSync(join(home, '.config', 'zoom-ws'), { recursive: true });
    writeFileSync(join(home, '.config', 'zoom-ws', 'env'), config);
  }
  return { cwd, home };
};

type Case = { dotenv?: string; config?: string; env?: Record<string, string>; args?: string[] };

const run = ({ env = {}, args = [], ...files }: Case) => {
  const { cwd, home } = folders(files);
  const all = ['tail', '--max-retries', '0', '--for', '20s', ...args];
  return runCli(all, { cwd, env: { HOME: home, ...env } } satisfies CliOptions);
};

test.each<[string, Case, readonly string[]]>([
  [
    'the token URL of .env, secret of the environment',
    { dotenv: oauth, env: app },
    ['ZOOM_OAUTH_URL in .env', 'ZOOM_CLIENT_SECRET in the environment'],
  ],
  [
    'the socket URL of .env, secret of the environment',
    { dotenv: `ZOOM_WS_URL=wss://${EVIL}/ws\n`, env: app },
    ['ZOOM_WS_URL in .env', 'ZOOM_CLIENT_SECRET in the environment'],
  ],
  [
    'the API URL of .env, secret of the environment',
    { dotenv: `ZOOM_API_URL=https://${EVIL}/v2\n`, env: app },
    ['ZOOM_API_URL in .env', 'ZOOM_CLIENT_SECRET in the environment'],
  ],
  [
    'a URL inside the subscription id of .env',
    { dotenv: `ZOOM_SUBSCRIPTION_ID=wss://${EVIL}/ws?subscriptionId=a\n`, env: { ...app, ZOOM_SUBSCRIPTION_ID: '' } },
    ['ZOOM_SUBSCRIPTION_ID in .env', 'ZOOM_CLIENT_SECRET in the environment'],
  ],
  [
    'a given token',
    { dotenv: `ZOOM_WS_URL=wss://${EVIL}/ws\n`, env: { ...ids, ZOOM_ACCESS_TOKEN: 'a-token-of-mine' } },
    ['ZOOM_WS_URL in .env', 'ZOOM_ACCESS_TOKEN in the environment'],
  ],
  [
    'a secret on the command line',
    { dotenv: oauth, env: ids, args: ['--client-secret', SECRET] },
    ['ZOOM_OAUTH_URL in .env', '--client-secret'],
  ],
  [
    'a secret of the configuration folder',
    { dotenv: oauth, config: `ZOOM_CLIENT_SECRET=${SECRET}\n`, env: ids },
    ['ZOOM_OAUTH_URL in .env', 'ZOOM_CLIENT_SECRET in ~/.config/zoom-ws/env'],
  ],
  [
    'a secret whose file .env names',
    { dotenv: `${oauth}ZOOM_CLIENT_SECRET_FILE=.env\n`, env: ids },
    ['ZOOM_OAUTH_URL in .env', 'ZOOM_CLIENT_SECRET_FILE in .env'],
  ],
  [
    'a secret whose file .env names, and a URL of the environment',
    { dotenv: 'ZOOM_CLIENT_SECRET_FILE=.env\n', env: { ...ids, ZOOM_OAUTH_URL: `https://${EVIL}/oauth/token` } },
    ['ZOOM_OAUTH_URL in the environment', 'ZOOM_CLIENT_SECRET_FILE in .env'],
  ],
  [
    'a URL of the configuration folder, secret of the environment',
    { config: oauth, env: app },
    ['ZOOM_OAUTH_URL in ~/.config/zoom-ws/env', 'ZOOM_CLIENT_SECRET in the environment'],
  ],
  [
    'a URL of the configuration folder, secret of .env',
    { config: oauth, dotenv: `ZOOM_CLIENT_SECRET=${SECRET}\n`, env: ids },
    ['ZOOM_OAUTH_URL in ~/.config/zoom-ws/env', 'ZOOM_CLIENT_SECRET in .env'],
  ],
  [
    'a URL of the environment, secret on the command line',
    { env: { ...ids, ZOOM_OAUTH_URL: `https://${EVIL}/` }, args: ['--client-secret', SECRET] },
    ['ZOOM_OAUTH_URL in the environment', '--client-secret'],
  ],
])('sends no secret to a foreign host of a less trusted place: %s', async (_what, given, names) => {
  const { status, stdout, stderr } = await run(given);
  expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: '' });
  for (const name of [...names, EVIL, 'but not in .env']) expect(stderr).toContain(name);
  expect(stderr).not.toContain(SECRET);
  expect(stderr).not.toContain('connecting');
});

test.each<[string, Case]>([
  ['the secret stands beside it in .env', { dotenv: `${oauth}ZOOM_CLIENT_SECRET=${SECRET}\n`, env: ids }],
  ['.env is named by --dotenv', { dotenv: oauth, env: app, args: ['--dotenv', '.env'] }],
  [
    '--dotenv names .env, which names the file of the secret',
    { dotenv: `${oauth}ZOOM_CLIENT_SECRET_FILE=.env\n`, env: ids, args: ['--dotenv', './.env'] },
  ],
  [
    '--dotenv names it, and the secret is a flag',
    { dotenv: oauth, env: ids, args: ['--dotenv', '.env', '--client-secret', SECRET] },
  ],
  ['both are of the environment', { env: { ...app, ZOOM_OAUTH_URL: `https://${EVIL}/` } }],
  ['it is a flag', { env: app, args: ['--oauth-url', `https://${EVIL}/`] }],
  ['both are of the configuration folder', { config: `${oauth}ZOOM_CLIENT_SECRET=${SECRET}\n`, env: ids }],
  [
    'it is of a higher place than the secret',
    { config: `ZOOM_CLIENT_SECRET=${SECRET}\n`, env: { ...ids, ZOOM_OAUTH_URL: `https://${EVIL}/` } },
  ],
])('goes to a foreign host that is meant: %s', async (_what, given) => {
  const { status, stderr } = await run(given);
  expect(status, stderr).toBe(1);
  expect(stderr).toContain(EVIL);
  expect(stderr).not.toContain('would send');
});

test('a stand-in on this machine may be named by .env', async () => {
  const zoom = await startZoom();
  const { ZOOM_OAUTH_URL, ZOOM_WS_URL } = zoom.settings;
  const { cwd } = folders({ dotenv: `ZOOM_OAUTH_URL=${ZOOM_OAUTH_URL}\nZOOM_WS_URL=${ZOOM_WS_URL}\n` });
  const started = tail(zoom, [], { cwd, env: { ZOOM_OAUTH_URL: '', ZOOM_WS_URL: '' } });
  await started.waitFor('stderr', /ready/);
  started.child.kill('SIGTERM');
  expect((await started.done).status).toBe(0);
});

test('doctor has a failed check of it, and sends nothing', async () => {
  const { cwd } = folders({ dotenv: oauth });
  const report = await examine(['--offline'], app, { cwd });
  expect(report.status).toBe(1);
  expect(report.check('setup.settings')).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(/ZOOM_OAUTH_URL in \.env .*ZOOM_CLIENT_SECRET in the environment/),
  });
  expect(report.check('oauth.token').status).toBe('skip');
  expect(report.check('network.oauth').status).toBe('skip');
});

test('settings of the configuration folder are read last, by $XDG_CONFIG_HOME too', async () => {
  const zoom = await startZoom();
  const { ZOOM_CLIENT_ID, ...others } = zoom.settings;
  const { home, cwd } = folders({ config: `ZOOM_CLIENT_ID=${ZOOM_CLIENT_ID}\nZOOM_SUBSCRIPTION_ID=lower-rank\n` });
  for (const env of [{ HOME: home }, { XDG_CONFIG_HOME: join(home, '.config') }]) {
    const started = tail(zoom, [], { cwd, env: { ...others, ZOOM_CLIENT_ID: '', ...env } });
    const ready = await started.waitFor('stderr', /ready/);
    expect(ready).not.toContain('lower-rank');
    started.child.kill('SIGTERM');
    expect((await started.done).status).toBe(0);
  }
  const missing = await runCli(['tail'], { env: { HOME: home, XDG_CONFIG_HOME: emptyFolder() } });
  expect(missing.stderr).toMatch(
    /looked at the flag, the environment, \.env \(no such file\) and \/.*\/zoom-ws\/env \(no such file\)/,
  );
});

test.each([
  ['tail', []],
  ['doctor', ['--offline']],
  ['trigger', ['meeting.started']],
])('a .env that is a pipe is exit 2 in %s, one that is a directory is no file', async (command, args) => {
  const cwd = emptyFolder();
  spawnSync('mkfifo', [join(cwd, '.env')]);
  const piped = await runCli([command, ...args], { cwd, env: app });
  expect(piped.status, piped.stderr).toBe(2);
  expect(piped.stderr).toContain('no regular file');
  const other = emptyFolder();
  mkdirSync(join(other, '.env'));
  const { status, stderr } = await runCli([command, ...args], { cwd: other, env: ids });
  expect(stderr).not.toContain('no regular file');
  expect(status).toBe(command === 'tail' ? 2 : 1);
  if (command === 'tail') expect(stderr).toContain('.env (no such file)');
});

test('a .env that is a link to a file is read, one that is a link to a device is refused', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'settings'), 'ZOOM_CLIENT_ID=from-the-file\n');
  symlinkSync('settings', join(cwd, '.env'));
  expect((await runCli(['tail'], { cwd })).stderr).not.toContain('The client id');
  const other = emptyFolder();
  symlinkSync('/dev/zero', join(other, '.env'));
  expect(await runCli(['tail'], { cwd: other, env: app })).toMatchObject({ status: 2 });
});

test('a pipe named by a flag is read, and an endless device is exit 2', async () => {
  const zoom = await startZoom();
  const cwd = emptyFolder();
  for (const name of ['settings', 'secret']) spawnSync('mkfifo', [join(cwd, name)]);
  const { ZOOM_CLIENT_SECRET, ZOOM_CLIENT_ID } = zoom.settings;
  const env = { ZOOM_CLIENT_ID: '', ZOOM_CLIENT_SECRET: '' };
  const started = tail(zoom, ['--dotenv', 'settings', '--client-secret-file', 'secret'], { cwd, env });
  await started.waitFor('stderr', /waiting for ".*settings"/);
  writeFileSync(join(cwd, 'settings'), `ZOOM_CLIENT_ID=${ZOOM_CLIENT_ID}\n`);
  writeFileSync(join(cwd, 'secret'), `${ZOOM_CLIENT_SECRET}\n`);
  await started.waitFor('stderr', /ready/);
  started.child.kill('SIGTERM');
  expect((await started.done).status).toBe(0);
  for (const args of [
    ['--dotenv', '/dev/zero'],
    ['--client-secret-file', '/dev/zero'],
  ]) {
    const { status, stderr } = await runCli(['tail', ...args], { env: ids });
    expect(status, stderr).toBe(2);
    expect(stderr).toContain('1 MB or more');
  }
});
