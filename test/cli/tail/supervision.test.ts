import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { systemClock } from '../../../src/time/system-clock.ts';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ clock: systemClock, random: Math.random });
});

afterEach(() => simulator.close());

test('the ready file exists while the connection is ready, and is gone at the end', async () => {
  const ready = join(emptyFolder(), 'ready');
  const run = startCli(['tail', '--ready-file', ready], { env: { ...simulator.settings } });
  expect(existsSync(ready)).toBe(false);
  await run.waitFor('stderr', /ready: Zoom accepted/);
  expect(readFileSync(ready, 'utf8')).toBe(`${run.child.pid}\n`);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
  expect(existsSync(ready)).toBe(false);
});

test('the ready file is gone while the connection is lost', async () => {
  const ready = join(emptyFolder(), 'ready');
  const run = startCli(['tail', '--ready-file', ready], { env: { ...simulator.settings } });
  await run.waitFor('stderr', /ready: Zoom accepted/);
  await simulator.close();
  await run.waitFor('stderr', /disconnected/);
  expect(existsSync(ready)).toBe(false);
  run.child.kill('SIGINT');
  expect((await run.done).status).toBe(130);
});

test('a ready file that an earlier run left is taken away before anything is connected', async () => {
  const ready = join(emptyFolder(), 'ready');
  writeFileSync(ready, '1\n');
  const { status } = await runCli(['tail', '--ready-file', ready, '--max-retries', '0'], {
    env: { ...simulator.settings, ZOOM_CLIENT_SECRET: 'not-the-right-one' },
  });
  expect(status).toBe(3);
  expect(existsSync(ready)).toBe(false);
});

test('a ready file that cannot be kept is said before anything is sent', async () => {
  const ready = join(emptyFolder(), 'no-such-folder', 'ready');
  const { status, stderr } = await runCli(['tail', '--ready-file', ready], { env: { ...simulator.settings } });
  expect(status).toBe(2);
  expect(stderr).toContain(`--ready-file "${ready}"`);
  expect(simulator.heard.tokenRequests).toHaveLength(0);
});

test('a file that is somebody else’s is not taken for a ready file', async () => {
  const ready = join(emptyFolder(), 'precious');
  writeFileSync(ready, 'precious\n');
  const { status, stderr } = await runCli(['tail', '--ready-file', ready], { env: { ...simulator.settings } });
  expect(status).toBe(2);
  expect(stderr).toContain('no zoom-ws made it');
  expect(readFileSync(ready, 'utf8')).toBe('precious\n');
});

test.each<[string, (path: string) => void]>([
  ['a directory', (path) => mkdirSync(path)],
  ['a pipe', (path) => void spawnSync('mkfifo', [path])],
  [
    'a link to a file of ours',
    (path) => {
      writeFileSync(`${path}.other`, '1\n');
      symlinkSync(`${path}.other`, path);
    },
  ],
  ['a link to nowhere', (path) => symlinkSync('nowhere', path)],
  ['a link to a device', (path) => symlinkSync('/dev/null', path)],
  ['somebody else’s numbers', (path) => writeFileSync(path, '1 2\n')],
  ['a long file', (path) => writeFileSync(path, '1'.repeat(100))],
])('%s is not taken for a ready file, and stays', async (_what, make) => {
  const ready = join(emptyFolder(), 'ready');
  make(ready);
  const before = lstatSync(ready);
  const { status, stderr } = await runCli(['tail', '--ready-file', ready], { env: { ...simulator.settings } });
  expect(status, stderr).toBe(2);
  expect(stderr).toContain(`--ready-file "${ready}"`);
  expect(lstatSync(ready).ino).toBe(before.ino);
  expect(simulator.heard.tokenRequests).toHaveLength(0);
});

test('the file of --record is no ready file, by whatever name', async () => {
  const folder = emptyFolder();
  symlinkSync('.', join(folder, 'here'));
  for (const ready of ['record', 'here/record']) {
    const args = ['tail', '--record', 'record', '--ready-file', ready];
    const { status, stderr } = await runCli(args, { cwd: folder, env: { ...simulator.settings } });
    expect(status, stderr).toBe(2);
    expect(stderr).toContain('--record');
  }
});

test('a file that took the place of the ready file is neither written to nor removed', async () => {
  const folder = emptyFolder();
  const ready = join(folder, 'ready');
  const run = startCli(['tail', '--ready-file', ready], { env: { ...simulator.settings } });
  await run.waitFor('stderr', /ready: Zoom accepted/);
  writeFileSync(join(folder, 'precious'), 'precious\n');
  rmSync(ready);
  symlinkSync('precious', ready);
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
  expect(readFileSync(ready, 'utf8')).toBe('precious\n');
});

/** A `systemd-notify` that writes down what it is told. */
const fakeSystemd = () => {
  const folder = emptyFolder();
  const log = join(folder, 'log');
  const seen = join(folder, 'environment');
  writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\nenv > '${seen}'\nprintf '%s\\n' "$*" >> '${log}'\n`);
  chmodSync(join(folder, 'systemd-notify'), 0o755);
  const env = { PATH: `${folder}:${process.env.PATH}`, NOTIFY_SOCKET: '/run/systemd/notify' };
  return {
    env,
    said: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []),
    environment: () => readFileSync(seen, 'utf8'),
  };
};

test('systemd hears READY once Zoom has accepted, the watchdog, and STOPPING', async () => {
  const { env, said, environment } = fakeSystemd();
  const run = startCli(['tail', '-n', '1'], {
    env: { ...simulator.settings, ...env, WATCHDOG_USEC: '100000' },
  });
  await run.waitFor('stderr', /ready: Zoom accepted/);
  await expect.poll(said).toContain('READY=1 STATUS=connected');
  await expect.poll(() => said().filter((line) => line === 'WATCHDOG=1').length).toBeGreaterThan(2);
  simulator.send({ event: 'meeting.started', payload: {} });
  expect((await run.done).status).toBe(0);
  await expect.poll(said).toContain('STOPPING=1');
  expect(environment()).toContain('NOTIFY_SOCKET=/run/systemd/notify');
  expect(environment()).not.toMatch(/ZOOM_/);
});

test('where systemd-notify is missing, one warning, and on', async () => {
  const run = startCli(['tail', '-n', '1'], {
    env: { ...simulator.settings, PATH: emptyFolder(), NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '50000' },
  });
  await run.waitFor('stderr', /ready: Zoom accepted/);
  await run.waitFor('stderr', /systemd-notify is missing/);
  simulator.send({ event: 'meeting.started', payload: {} });
  const { status, stderr } = await run.done;
  expect(status).toBe(0);
  expect(stderr.match(/systemd-notify is missing/g)).toHaveLength(1);
});
