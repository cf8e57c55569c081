import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPresence, findLive } from '../../../src/local/presence/index.ts';
import { emptyFolder } from '../../support/run-cli.ts';

const subscription = { id: 'Sub01', url: 'wss://ws.zoom.us/ws' };
const other = { id: 'Sub02', url: 'wss://ws.zoom.us/ws' };

const world = (pid = process.pid) => {
  const runtime = emptyFolder();
  return {
    runtime,
    folder: join(runtime, 'zoom-ws'),
    env: { XDG_RUNTIME_DIR: runtime },
    pid,
    platform: process.platform,
  };
};

/** Rewrites the one presence file, as a process of another kind would have left it. */
const forge = (folder: string, change: object): void => {
  const [name = ''] = readdirSync(folder);
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
};

test('a live process is found by its subscription, until it withdraws', () => {
  const here = world();
  const show = createPresence([subscription], here);
  expect(findLive(subscription, here)).toEqual([]);
  show(true);
  expect(findLive(subscription, here)).toEqual([{ pid: process.pid }]);
  expect(findLive(other, here)).toEqual([]);
  expect(findLive({ ...subscription, url: 'ws://127.0.0.1:1/ws' }, here)).toEqual([]);
  show(false);
  expect(findLive(subscription, here)).toEqual([]);
  expect(readdirSync(here.folder)).toEqual([]);
});

test('the file is private and says neither subscription nor secret', () => {
  const here = world();
  createPresence([subscription], here)(true);
  const [name = ''] = readdirSync(here.folder);
  expect(statSync(here.folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(here.folder, name)).mode & 0o777).toBe(0o600);
  expect(`${name}${readFileSync(join(here.folder, name), 'utf8')}`).not.toContain('Sub01');
});

test('a process that died without a word is not believed', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  await once(child, 'spawn');
  const here = world(child.pid);
  createPresence([subscription], here)(true);
  expect(findLive(subscription, here)).toEqual([{ pid: child.pid }]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(findLive(subscription, here)).toEqual([]);
});

test.each([
  ['a pid that was given to another process', { started: '1' }],
  ['another boot or container', { realm: 'elsewhere' }],
  ['a pid that is no number', { pid: '1' }],
  ['a file of another form', { started: 7 }],
])('%s is not believed', (_what, change) => {
  const here = world();
  createPresence([subscription], here)(true);
  forge(here.folder, change);
  expect(findLive(subscription, here)).toEqual([]);
});

test.each(['', 'not JSON', 'null', '[]'])('a file that holds %j misleads nobody', (text) => {
  const here = world();
  createPresence([subscription], here)(true);
  const [name = ''] = readdirSync(here.folder);
  writeFileSync(join(here.folder, name), text);
  expect(findLive(subscription, here)).toEqual([]);
});

test('a folder that others can write to, or a link, is not used', () => {
  const open = world();
  mkdirSync(open.folder);
  chmodSync(open.folder, 0o777);
  createPresence([subscription], open)(true);
  expect(readdirSync(open.folder)).toEqual([]);

  const linked = world();
  symlinkSync(emptyFolder(), linked.folder);
  createPresence([subscription], linked)(true);
  expect(findLive(subscription, linked)).toEqual([]);
});

test('never throws where nothing can be written', () => {
  const here = { ...world(), env: { XDG_RUNTIME_DIR: '/proc' } };
  createPresence([subscription], here)(true);
  expect(findLive(subscription, here)).toEqual([]);
});

test('what processes that are gone have left is removed when another shows itself, whatever their subscription', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  await once(child, 'spawn');
  const here = world();
  createPresence([other], { ...here, pid: child.pid ?? 0 })(true);
  const [left = ''] = readdirSync(here.folder);
  const text = readFileSync(join(here.folder, left), 'utf8');
  const put = (name: string, change: object) =>
    writeFileSync(join(here.folder, name), JSON.stringify({ ...JSON.parse(text), ...change }));
  const name = (n: number) => `${'0'.repeat(15)}${n}.7.json`;
  const { realm } = JSON.parse(text) as { realm: string };
  put(name(1), { started: '1' });
  put(name(2), { realm: `another-boot ${realm.split(' ')[1]}` });
  put(name(3), { realm: `${realm.split(' ')[0]} pid:[another-container]` });
  put(name(4), {});
  writeFileSync(join(here.folder, 'notes.txt'), 'mine');
  const show = () => createPresence([subscription], here)(true);
  show();
  const kept = () =>
    readdirSync(here.folder)
      .filter((one) => !one.includes(`.${process.pid}.`))
      .sort();
  expect(kept()).toEqual([name(3), name(4), left, 'notes.txt'].sort());
  child.kill('SIGKILL');
  await once(child, 'exit');
  show();
  expect(kept()).toEqual([name(3), 'notes.txt']);
});
