import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { endWithTest } from '../../support/end-with-test.ts';
import { BIN, CHILD_ENV, emptyFolder } from '../../support/run-cli.ts';
import { SOON } from '../../support/soon.ts';
import { readyTail, startZoom } from '../../support/zoom.ts';

const PROGRAM = `"${process.execPath}" "${BIN}"`;

/** Runs a line of bash against the stand-in; `$ZOOM_WS` is the program. */
const bash = (zoom: Simulator, line: string) => {
  const child = spawn('bash', ['--norc', '-c', line.replaceAll('zoom-ws', PROGRAM)], {
    env: { ...CHILD_ENV, ...zoom.settings },
    cwd: emptyFolder(),
    detached: true,
  });
  endWithTest(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const done = new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, stdout, stderr })),
  );
  return { done, stderr: () => stderr, stdout: () => stdout };
};

// The device exists on Linux only.
const onLinux = existsSync('/dev/full') ? test : test.skip;

const event = (n: number, size = 10): string => `{"event":"a.b","n":${n},"t":"${'x'.repeat(size)}"}`;

test('| head -1 ends with 0, without a trace or a word beyond the summary', async () => {
  const zoom = await startZoom();
  const run = bash(zoom, 'zoom-ws tail | head -1; echo "status $PIPESTATUS"');
  await zoom.connected();
  zoom.send(event(1));
  await vi.waitFor(() => expect(run.stdout()).toContain('"n":1'), SOON);
  // The pipe tells only when it is written to.
  zoom.send(event(2));
  zoom.send(event(3));
  const { stdout, stderr } = await run.done;
  expect(stdout).toBe(`${event(1)}\nstatus 0\n`);
  expect(stderr).toMatch(/^\S+ connecting .*\n\S+ ready: .*\n\S+ done: .*\n$/);
  await vi.waitFor(() => expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]), SOON);
});

test('| head -1 of a burst', async () => {
  const zoom = await startZoom();
  const run = bash(zoom, 'zoom-ws tail -q | head -1; echo "status $PIPESTATUS"');
  await zoom.connected();
  for (let n = 0; n < 3_000; n += 1) zoom.send(event(n, 1_000));
  const { stdout, stderr } = await run.done;
  expect(stdout).toBe(`${event(0, 1_000)}\nstatus 0\n`);
  expect(stderr).toBe('');
});

const hasJq = spawnSync('jq', ['--version']).status === 0;

test.skipIf(!hasJq)('| jq reads every line (skipped where there is no jq)', async () => {
  const zoom = await startZoom();
  const run = bash(zoom, 'zoom-ws tail -n 3 | jq -r \'.payload.object.topic\'; echo "status $PIPESTATUS"');
  await zoom.connected();
  zoom.sendFrame('no json');
  for (const topic of ['one', 'two\n', 'drei ☃']) {
    zoom.send({ event: 'meeting.started', payload: { object: { topic } } });
  }
  const { stdout } = await run.done;
  expect(stdout).toBe('one\ntwo\n\ndrei ☃\nstatus 0\n');
});

onLinux('> /dev/full ends with 1 and says so', async () => {
  const zoom = await startZoom();
  const run = bash(zoom, 'zoom-ws tail > /dev/full');
  await zoom.connected();
  zoom.send(event(1));
  const { status, stderr } = await run.done;
  expect(status).toBe(1);
  expect(stderr).toMatch(/error: Writing to stdout failed: .*ENOSPC/);
  expect(stderr).toMatch(/hint: The disk is full/);
  expect(stderr).not.toMatch(/\n\s+at /);
  await vi.waitFor(() => expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]), SOON);
});

onLinux('2> /dev/full costs the notices and nothing else', async () => {
  const zoom = await startZoom();
  const run = bash(zoom, 'zoom-ws tail -n 2 2> /dev/full');
  await zoom.connected();
  zoom.send(event(1));
  zoom.send(event(2));
  expect(await run.done).toMatchObject({ status: 0, stdout: `${event(1)}\n${event(2)}\n` });
});

test.each([
  ['stdin', '<&-'],
  ['stderr', '2>&-'],
  ['stdin and stderr', '<&- 2>&-'],
])('a closed %s costs nothing', async (_which, closing) => {
  const zoom = await startZoom();
  const run = bash(zoom, `zoom-ws tail -n 2 -v ${closing}`);
  await zoom.connected();
  zoom.send(event(1));
  zoom.send(event(2));
  expect(await run.done).toMatchObject({ status: 0, stdout: `${event(1)}\n${event(2)}\n` });
});

test('a closed stdout costs the events and nothing else', async () => {
  const zoom = await startZoom();
  const run = bash(zoom, 'zoom-ws tail -n 2 >&-');
  await zoom.connected();
  zoom.send(event(1));
  zoom.send(event(2));
  const { status, stderr } = await run.done;
  expect(status).toBe(0);
  expect(stderr).toMatch(/done: 2 received/);
});

test('a reader of stderr that goes away ends nothing', async () => {
  const zoom = await startZoom();
  const run = bash(zoom, '(zoom-ws tail -vv -n 300 2>&1 1>&3 | head -1 > /dev/null) 3>&1');
  await zoom.connected();
  for (let n = 0; n < 300; n += 1) zoom.send(event(n, 500));
  const { stdout } = await run.done;
  expect(stdout.trimEnd().split('\n')).toHaveLength(300);
});

test('a reader that stops costs bounded memory, heartbeats go on, and nothing is lost when it goes on', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--heartbeat', '200ms']);
  run.child.stdout.pause();
  const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${run.child.pid}/status`, 'utf8'))?.[1]);
  const before = process.platform === 'linux' ? rss() : 0;
  const many = 64_000;
  let sent = 0;
  const feed = async () => {
    for (; sent < many; sent += 100) {
      zoom.send(Array.from({ length: 100 }, (_, n) => event(sent + n, 1_000)));
      await zoom.drained();
    }
    zoom.send('{"event":"the.last"}');
  };
  const fed = feed();
  await run.waitFor('stderr', /reader of stdout is slow/);
  const beats = () => zoom.heard.frames.filter(({ text }) => text.includes('heartbeat')).length;
  const beaten = beats();
  await vi.waitFor(() => expect(beats()).toBeGreaterThan(beaten + 10), { timeout: 10_000 });
  expect(sent).toBeLessThan(many);
  if (process.platform === 'linux') expect(rss() - before).toBeLessThan(150_000);
  expect(zoom.clients.size).toBe(1);
  run.child.stdout.resume();
  await fed;
  await run.waitFor('stdout', /the\.last/);
  run.child.kill('SIGTERM');
  const { status, stdout, stderr } = await run.done;
  expect(status, stderr).toBe(0);
  const numbers = stdout
    .trimEnd()
    .split('\n')
    .slice(0, -1)
    .map((line) => Number(/"n":(\d+)/.exec(line)?.[1]));
  expect(numbers.length).toBe(many);
  expect(numbers.every((n, index) => n === index)).toBe(true);
  expect(stderr).toMatch(/the reader of stdout caught up after/);
  expect(stderr.match(/ ready/g)).toHaveLength(1);
});

test('a reader that never goes on is told of and left, after a signal', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom);
  run.child.stdout.pause();
  for (let n = 0; n < 3_000; n += 1) zoom.send(event(n, 1_000));
  await vi.waitFor(() => expect(zoom.clients.size).toBe(1), SOON);
  run.child.kill('SIGTERM');
  const status = await new Promise((resolve) => run.child.on('exit', resolve));
  expect(status).toBe(0);
  await run.waitFor('stderr', /stdout is blocked; received events were lost/);
});

test('one event alone leaves at once, without waiting for a batch or for the end', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom);
  for (let n = 0; n < 5; n += 1) {
    zoom.send(event(n));
    await run.waitFor('stdout', new RegExp(`"n":${n},`));
  }
  run.child.kill('SIGTERM');
  expect(await run.done).toMatchObject({ status: 0 });
});

onLinux.each([['--help'], ['tail --help'], ['doctor --offline'], ['events']])(
  '%s > /dev/full ends with 1',
  async (words) => {
    const zoom = await startZoom();
    const { status, stderr } = await bash(zoom, `zoom-ws ${words} > /dev/full`).done;
    expect(status).toBe(1);
    expect(stderr).toMatch(/error: Writing to stdout failed: .*ENOSPC/);
  },
);
