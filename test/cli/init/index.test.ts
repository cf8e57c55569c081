import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { expect, test } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { emptyFolder, runCli } from '../../support/run-cli.ts';
import { hasScript, onTerminal } from '../../support/terminal.ts';
import { startZoom } from '../../support/zoom.ts';

const SECRET = 'made-up-by-the-simulator';

/** What init is about, of what the stand-in exports. */
const ofZoom = ({ settings }: Simulator): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name.startsWith('ZOOM_')));

const world = async () => {
  const [zoom, home, cwd] = [await startZoom(), emptyFolder(), emptyFolder()];
  const file = join(home, '.config', 'zoom-ws', 'env');
  const init = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
    runCli(['init', ...args], { cwd, env: { ...zoom.settings, HOME: home, ...env } });
  return { zoom, home, cwd, file, init };
};

test('without a terminal it takes what flags and environment give, tests it and writes it down for the owner alone', async () => {
  const { zoom, home, file, init } = await world();
  const { status, stdout, stderr } = await init();
  expect(status, stderr).toBe(0);
  expect(stdout).toBe(`${file}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(stderr).toMatch(/ok {4}oauth\.token/);
  expect(stderr).toMatch(/skip {2}socket\.accepted/);
  expect(stderr).not.toContain(SECRET);
  expect(parse(readFileSync(file))).toMatchObject(ofZoom(zoom));
  // Every command reads it, in every folder.
  const report = await runCli(['doctor', '--yes', '--only', 'socket.accepted'], { env: { HOME: home } });
  expect(report.status, report.stdout).toBe(0);
});

test('--yes tests the connection too, and answers nothing else', async () => {
  const { zoom, file, init } = await world();
  const { status, stderr } = await init(['--yes']);
  expect(status, stderr).toBe(0);
  expect(stderr).toMatch(/ok {4}socket\.accepted/);
  expect(zoom.heard.tokenRequests).toHaveLength(1);
  const again = await init(['--yes']);
  expect(again.status).toBe(1);
  expect(again.stderr).toContain('--force');
  expect(existsSync(file)).toBe(true);
});

test('a file that is there needs --force, and stays as it was without it', async () => {
  const { cwd, init } = await world();
  writeFileSync(join(cwd, '.env'), 'MINE=1\n');
  expect(await init(['--here'])).toMatchObject({ status: 1, stdout: '' });
  expect(readFileSync(join(cwd, '.env'), 'utf8')).toBe('MINE=1\n');
  chmodSync(join(cwd, '.env'), 0o644);
  expect((await init(['--here', '--force'])).status).toBe(0);
  expect(parse(readFileSync(join(cwd, '.env'))).ZOOM_CLIENT_SECRET).toBe(SECRET);
  expect(statSync(join(cwd, '.env')).mode & 0o777).toBe(0o600);
});

test('after a failed check nothing is written without --force', async () => {
  const { file, init } = await world();
  const wrong = { ZOOM_CLIENT_SECRET: 'not-this-one' };
  for (const args of [[], ['--yes']]) {
    const { status, stdout, stderr } = await init(args, wrong);
    expect({ status, stdout }, stderr).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('a check failed');
    expect(existsSync(file)).toBe(false);
  }
  expect((await init(['--force'], wrong)).status).toBe(0);
  expect(parse(readFileSync(file)).ZOOM_CLIENT_SECRET).toBe('not-this-one');
});

test('missing values, placeholders and a URL that would get a secret of a higher place are exit 2', async () => {
  const { zoom, file, init } = await world();
  const missing = await init([], { ZOOM_CLIENT_ID: '', ZOOM_SUBSCRIPTION_ID: '' });
  expect(missing.status).toBe(2);
  expect(missing.stderr).toMatch(/client id[\s\S]*subscription id/);
  expect((await init([], { ZOOM_CLIENT_ID: 'your_client_id' })).stderr).toContain('placeholder');
  const foreign = await init(['--client-secret', SECRET], { ZOOM_OAUTH_URL: 'https://evil.invalid/' });
  expect(foreign.status).toBe(2);
  expect(foreign.stderr).toContain('would send');
  expect(zoom.heard.tokenRequests).toHaveLength(0);
  expect(existsSync(file)).toBe(false);
});

test('takes an endpoint URL apart, follows $XDG_CONFIG_HOME and a link, and reads no .env', async () => {
  const { zoom, cwd, home, init } = await world();
  writeFileSync(join(cwd, '.env'), 'ZOOM_CLIENT_ID=not-this-one\n');
  mkdirSync(join(home, 'xdg', 'zoom-ws'), { recursive: true });
  writeFileSync(join(home, 'real'), '');
  symlinkSync(join(home, 'real'), join(home, 'xdg', 'zoom-ws', 'env'));
  const { ZOOM_WS_URL, ZOOM_SUBSCRIPTION_ID } = zoom.settings;
  const pasted = `${ZOOM_WS_URL}?subscriptionId=${ZOOM_SUBSCRIPTION_ID}&access_token=pasted-along`;
  const args = ['--force', '--subscription-id', pasted];
  const env = { XDG_CONFIG_HOME: join(home, 'xdg'), ZOOM_WS_URL: '', ZOOM_SUBSCRIPTION_ID: '' };
  const { status, stderr } = await init(args, env);
  expect(status, stderr).toBe(0);
  const text = readFileSync(join(home, 'real'), 'utf8');
  expect(parse(text)).toMatchObject({
    ZOOM_WS_URL,
    ZOOM_SUBSCRIPTION_ID,
    ZOOM_CLIENT_ID: zoom.settings.ZOOM_CLIENT_ID,
  });
  expect(text).not.toContain('pasted-along');
});

test('a settings error of a machine without settings names it', async () => {
  const { stderr } = await runCli(['tail'], { env: { HOME: emptyFolder() } });
  expect(stderr).toContain('zoom-ws init');
});

const interactive = async (env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) => {
  const { zoom, home, file } = await world();
  const { ZOOM_OAUTH_URL, ZOOM_API_URL, ZOOM_CLIENT_ID, ZOOM_ACCOUNT_ID, ZOOM_WS_URL } = zoom.settings;
  const run = await onTerminal(['init', ...args], { env: { HOME: home, ZOOM_OAUTH_URL, ZOOM_API_URL, ...env } });
  const endpoint = `${ZOOM_WS_URL}?subscriptionId=${zoom.settings.ZOOM_SUBSCRIPTION_ID}`;
  return { zoom, file, run, answers: [endpoint, ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID] as const };
};

test.skipIf(!hasScript)('on a terminal it asks, does not show the secret, and asks before it connects', async () => {
  const { zoom, file, run, answers } = await interactive();
  const [endpoint, account, client] = answers;
  await run.waitFor(/Endpoint URL[^\n]*: $/);
  run.type('your_subscription_id\r');
  await run.waitFor(/is still a placeholder/);
  run.type(`${endpoint}\r`);
  await run.waitFor(/Account ID[^\n]*: $/);
  run.type(`${account}\r`);
  await run.waitFor(/Client ID: $/);
  run.type(`${client}\r`);
  await run.waitFor(/Client Secret[^\n]*: $/);
  run.type(`${SECRET}\r`);
  await run.waitFor(/Connect\? \[y\/N\] $/);
  run.type('y\r');
  expect(await run.done).toBe(0);
  expect(run.screen()).not.toContain(SECRET);
  expect(run.screen()).toMatch(/ok.*socket\.accepted/);
  expect(parse(readFileSync(file))).toMatchObject(ofZoom(zoom));
});

test.skipIf(!hasScript)('what is typed ahead is taken, and the secret in it not shown', async () => {
  const { zoom, file, run, answers } = await interactive();
  await run.waitFor(/Endpoint URL[^\n]*: $/);
  run.type(`${[...answers, SECRET, 'n'].join('\r')}\r`);
  expect(await run.done).toBe(0);
  expect(run.screen()).not.toContain(SECRET);
  expect(run.screen()).toMatch(/skip.*socket\.accepted.*the answer was no/);
  expect(parse(readFileSync(file))).toMatchObject(ofZoom(zoom));
});

test.skipIf(!hasScript)('after a failed check a yes writes all the same, anything else does not', async () => {
  for (const [answer, status] of [
    ['y', 0],
    ['', 1],
  ] as const) {
    const { file, run, answers } = await interactive();
    await run.waitFor(/Endpoint URL[^\n]*: $/);
    run.type(`${[...answers, 'not-this-one', answer].join('\r')}\r`);
    expect(await run.done).toBe(status);
    expect(run.screen()).toContain('A check failed. Write the file all the same?');
    expect(existsSync(file)).toBe(status === 0);
  }
});

test.skipIf(!hasScript)('a file that is there is overwritten after a yes only', async () => {
  const { home } = await world();
  const file = join(home, '.config', 'zoom-ws', 'env');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, 'MINE=1\n');
  const run = await onTerminal(['init'], { env: { HOME: home } });
  await run.waitFor(/Overwrite all of it\? \[y\/N\] $/);
  run.type('\r');
  expect(await run.done).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe('MINE=1\n');
});

test.skipIf(!hasScript).each([
  ['Ctrl-C', '\x03', 130],
  ['Ctrl-D', '\x04', 1],
])('%s ends it, and nothing is written', async (_what, key, status) => {
  const { file, run } = await interactive();
  await run.waitFor(/Endpoint URL[^\n]*: $/);
  run.type(key);
  expect(await run.done).toBe(status);
  expect(existsSync(file)).toBe(false);
});
