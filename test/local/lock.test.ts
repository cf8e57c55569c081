import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { acquireLock, type Lock } from '../../src/local/lock.ts';
import { processIdentity } from '../../src/local/process-identity.ts';
import { manualClock } from '../support/manual-clock.ts';
import { emptyFolder } from '../support/run-cli.ts';

const locks: Lock[] = [];
afterEach(async () => {
  for (const lock of locks.splice(0)) await lock.release();
});

const attempt = (path: string, clock = manualClock()) => {
  const notes: string[] = [];
  const lost: unknown[] = [];
  let outcome = 'waiting';
  const parts = {
    clock,
    pid: process.pid,
    onNote: (text: string) => notes.push(text),
    onLost: (error: unknown) => lost.push(error),
  };
  const done = acquireLock(path, parts).then(
    (lock) => {
      locks.push(lock);
      outcome = 'held';
    },
    (error: { code?: string }) => {
      outcome = error.code ?? String(error);
    },
  );
  const settled = async () => {
    await expect
      .poll(async () => {
        await clock.advance(250);
        return outcome;
      })
      .not.toBe('waiting');
    await done;
    return outcome;
  };
  return { settled, notes, lost, clock };
};

const newPath = () => join(emptyFolder(), 'a.ndjson');

test('is taken, and gone when it is released', async () => {
  const path = newPath();
  expect(await attempt(path).settled()).toBe('held');
  expect(readdirSync(dirname(path))).toEqual(['a.ndjson.lock']);
  await locks.pop()?.release();
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('a living holder is found at once where /proc tells', async () => {
  const path = newPath();
  await attempt(path).settled();
  const second = attempt(path, manualClock());
  await expect.poll(second.settled).toBe('busy');
});

/** What a process leaves behind that was killed: its pid may be anybody's by now. */
const leftBehind = async (change: object): Promise<string> => {
  const own = processIdentity(process.pid, 'linux');
  return `${JSON.stringify({ ...own, token: 'x', beat: '3', ...change })}\n`;
};

test.runIf(process.platform === 'linux').each([
  [
    'a process that has ended',
    async () => {
      const child = spawn('true');
      await once(child, 'exit');
      return leftBehind({ pid: child.pid });
    },
  ],
  ['a process whose pid is another’s now', () => leftBehind({ pid: process.pid, started: '1' })],
])('of %s is taken over at once', async (_name, content) => {
  const path = newPath();
  writeFileSync(`${path}.lock`, await content());
  const { settled, notes } = attempt(path);
  expect(await settled()).toBe('held');
  expect(notes).toHaveLength(1);
});

test.each([
  ['of another container with the same pid', () => leftBehind({ realm: 'another' })],
  ['that its holder was killed before writing', async () => ''],
  ['that is no lock of ours', async () => 'rubbish'],
])('one %s never blocks: it is taken over when it has not changed for some seconds', async (_name, content) => {
  const path = newPath();
  writeFileSync(`${path}.lock`, await content());
  const { settled, clock } = attempt(path);
  expect(await settled()).toBe('held');
  expect(clock.monotonic()).toBeLessThan(10_000);
});

test('one of another container that changes has a living holder', async () => {
  const path = newPath();
  writeFileSync(`${path}.lock`, await leftBehind({ realm: 'another' }));
  const { settled, clock } = attempt(path);
  await expect.poll(() => clock.sleepers()).toBe(1);
  await clock.advance(250);
  writeFileSync(`${path}.lock`, await leftBehind({ realm: 'another', beat: '4' }));
  expect(await settled()).toBe('busy');
});

test('one that is released while it is watched is free', async () => {
  const path = newPath();
  writeFileSync(`${path}.lock`, await leftBehind({ realm: 'another' }));
  const { settled, clock, notes } = attempt(path);
  await expect.poll(() => clock.sleepers()).toBe(1);
  rmSync(`${path}.lock`);
  expect(await settled()).toBe('held');
  expect(notes).toEqual([]);
});

test('of two who take over at once only one holds it', async () => {
  const path = newPath();
  writeFileSync(`${path}.lock`, await leftBehind({ realm: 'another' }));
  const both = [attempt(path), attempt(path)];
  const outcomes = await Promise.all(both.map(({ settled }) => settled()));
  expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(1);
});

test('a holder that was taken for dead hears of it', async () => {
  const path = newPath();
  const first = attempt(path);
  await first.settled();
  await expect.poll(() => first.clock.sleepers()).toBe(1);
  rmSync(`${path}.lock`);
  writeFileSync(`${path}.lock`, await leftBehind({ realm: 'another' }));
  await first.clock.advance(1000);
  await expect.poll(() => first.lost).toMatchObject([{ code: 'busy' }]);
  await locks.pop()?.release();
  // It is another's now, and stays.
  expect(readdirSync(dirname(path))).toEqual(['a.ndjson.lock']);
});

test('a lock that someone tidied away is put back', async () => {
  const path = newPath();
  const { settled, clock, lost } = attempt(path);
  await settled();
  await expect.poll(() => clock.sleepers()).toBe(1);
  rmSync(`${path}.lock`);
  await clock.advance(1000);
  await expect.poll(() => readdirSync(dirname(path))).toEqual(['a.ndjson.lock']);
  await expect.poll(() => readFileSync(`${path}.lock`, 'utf8')).toContain('token');
  expect(lost).toEqual([]);
});

test.runIf(process.platform !== 'win32').each([
  ['a named pipe', (path: string) => spawnSync('mkfifo', [path])],
  ['a directory', (path: string) => mkdirSync(path)],
  ['a link to nowhere', (path: string) => symlinkSync('missing', path)],
])('%s in its place is told, and never waited for', async (_name, make) => {
  const path = newPath();
  make(`${path}.lock`);
  const parts = { clock: manualClock(), pid: process.pid, onNote: () => {}, onLost: () => {} };
  await expect(acquireLock(path, parts)).rejects.toMatchObject({
    code: 'output',
    message: expect.stringContaining(`"${path}.lock" is no regular file`),
  });
});
