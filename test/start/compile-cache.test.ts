import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { useCompileCache } from '../../src/start/compile-cache.ts';
import { BIN, emptyFolder, runCli } from '../support/run-cli.ts';

const BUNDLE = join(BIN, '../lib');
const RUNTIME = `${process.version}-${process.arch}`;

/** Runs a command that loads several files, with its cache below `caches`. */
const run = async (caches: string, env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = await runCli(['events', 'meeting.started', '--json'], {
    env: { XDG_CACHE_HOME: caches, ...env },
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
};

const entriesIn = (caches: string): readonly string[] => {
  const folder = join(caches, 'zoom-ws');
  return readdirSync(folder).map((name) => join(folder, name));
};

/** What changes if an entry is written again. */
const stateOf = (entries: readonly string[]) => entries.map((entry) => [entry, statSync(entry).ino]);

test('a run keeps what it compiled, and the next run takes it and writes nothing', async () => {
  const caches = emptyFolder();
  const first = await run(caches);
  const kept = stateOf(entriesIn(caches));
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(entriesIn(caches).every((entry) => entry.endsWith(`.js.${RUNTIME}`))).toBe(true);
  expect(await run(caches)).toBe(first);
  expect(stateOf(entriesIn(caches))).toEqual(kept);
});

test('a run with a connection keeps all of it, and the next one writes nothing', async () => {
  const caches = emptyFolder();
  const env = { XDG_CACHE_HOME: caches };
  const tail = () => runCli(['tail', '--demo', '-n', '3', '-q'], { env });
  expect(await tail()).toMatchObject({ status: 0, stderr: '' });
  const kept = stateOf(entriesIn(caches));
  const names = entriesIn(caches).map((entry) => basename(entry).split('-')[0]);
  expect(names).toEqual(expect.arrayContaining(['first', 'live', 'socket', 'simulator']));
  expect(await tail()).toMatchObject({ status: 0, stderr: '' });
  expect(stateOf(entriesIn(caches))).toEqual(kept);
});

test('only the user can read and write it', async () => {
  const caches = join(emptyFolder(), 'none yet');
  await run(caches);
  expect(statSync(caches).mode & 0o777).toBe(0o700);
  expect(statSync(join(caches, 'zoom-ws')).mode & 0o777).toBe(0o700);
  expect(entriesIn(caches).map((entry) => statSync(entry).mode & 0o777)).toEqual(entriesIn(caches).map(() => 0o600));
});

test.each([
  ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['empty', () => Buffer.alloc(0)],
  ['half zeros', (bytes: Buffer) => Buffer.from(bytes).fill(0, bytes.length / 2)],
  ['with one bit turned', (bytes: Buffer) => bytes.with(bytes.length - 500, (bytes.at(-500) ?? 0) ^ 4)],
  ['of something else', () => Buffer.from('not code')],
])('an entry that is %s is made anew', async (_what, damage) => {
  const caches = emptyFolder();
  const first = await run(caches);
  const whole = entriesIn(caches).map((entry) => readFileSync(entry).length);
  for (const entry of entriesIn(caches)) writeFileSync(entry, damage(readFileSync(entry)));
  const damaged = stateOf(entriesIn(caches));
  expect(await run(caches)).toBe(first);
  expect(stateOf(entriesIn(caches))).not.toEqual(damaged);
  expect(entriesIn(caches).map((entry) => readFileSync(entry).length > 1000)).toEqual(whole.map(() => true));
});

test('what an older bundle left is removed, what another Node keeps is not', async () => {
  const caches = emptyFolder();
  await run(caches);
  const [entry = ''] = entriesIn(caches);
  const old = join(caches, 'zoom-ws', `first-0LD.js.${RUNTIME}`);
  const draft = `${old}.4711`;
  const others = entry.replace(RUNTIME, 'v99.0.0-arm64');
  for (const path of [old, draft, others]) writeFileSync(path, 'x');
  writeFileSync(entry, '');
  await run(caches);
  expect(entriesIn(caches)).toContain(others);
  expect(entriesIn(caches)).not.toContain(old);
  expect(entriesIn(caches)).not.toContain(draft);
});

test('many at once do not disturb each other', async () => {
  const caches = emptyFolder();
  const outputs = await Promise.all(Array.from({ length: 8 }, () => run(caches)));
  expect(new Set(outputs).size).toBe(1);
  const kept = stateOf(entriesIn(caches));
  expect(await run(caches)).toBe(outputs[0]);
  expect(stateOf(entriesIn(caches))).toEqual(kept);
});

test('nothing is kept where it must not or cannot be', async () => {
  const off = emptyFolder();
  await run(off, { NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(readdirSync(off)).toEqual([]);

  const open = emptyFolder();
  mkdirSync(join(open, 'zoom-ws'));
  chmodSync(join(open, 'zoom-ws'), 0o777);
  await run(open);
  expect(entriesIn(open)).toEqual([]);

  const linked = emptyFolder();
  const target = emptyFolder();
  symlinkSync(target, join(linked, 'zoom-ws'));
  await run(linked);
  expect(readdirSync(target)).toEqual([]);

  await run('/proc/nowhere');
  await run('relative');
});

test('what belongs to somebody else is neither used nor added to', () => {
  const caches = emptyFolder();
  const world = { env: { XDG_CACHE_HOME: caches }, platform: 'linux', pid: process.pid, runtime: RUNTIME } as const;
  useCompileCache(BUNDLE, { ...world, uid: (process.getuid?.() ?? 0) + 1 }).keep();
  expect(readdirSync(caches)).toEqual([]);
});
