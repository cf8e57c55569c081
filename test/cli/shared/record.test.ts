import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';

test.each(['today.ndjson', 'today.ndjson.gz'])(
  'tail records to %s what it emits, with _meta, and how it was connected',
  async (name) => {
    const cwd = emptyFolder();
    const { status, stdout } = await runCli(['tail', '--demo', '-n', '3', '--meta', '--record', name], { cwd });
    expect(status).toBe(0);
    const bytes = readFileSync(join(cwd, name));
    const recorded = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n').slice(0, -1);
    const ours = recorded.filter((line) => line.startsWith('{"event":"zoom_ws.'));
    expect(recorded.filter((line) => !ours.includes(line))).toEqual(stdout.split('\n').slice(0, -1));
    expect(ours[0]).toMatch(/^\{"event":"zoom_ws\.connected",.*,"_meta":\{"received_at":"[^"]+"\}\}$/);
    expect(statSync(join(cwd, name)).mode & 0o777).toBe(0o600);
    // Without _meta it is again what Zoom sent.
    const { stdout: plain } = await runCli(['replay', name], { cwd });
    expect(plain).toBe(stdout.replaceAll(/,"_meta":\{[^}]*\}(?=\}\n)/g, ''));
  },
);

test('a recording that is ended by a signal is whole', async () => {
  const cwd = emptyFolder();
  const run = startCli(['tail', '--demo', '--record', 'a.ndjson.gz'], { cwd });
  await run.waitFor('stdout', /\n/);
  run.child.kill('SIGTERM');
  const { status, stdout } = await run.done;
  expect(status).toBe(0);
  const { status: zcat, stdout: text } = spawnSync('gzip', ['-dc', join(cwd, 'a.ndjson.gz')], { encoding: 'utf8' });
  expect(zcat).toBe(0);
  expect(text.split('\n').filter((line) => /^\{"event":"(?!zoom_ws\.)/.test(line))).toHaveLength(
    stdout.split('\n').length - 1,
  );
});

test('a file that is recorded to already is refused before anything is sent', async () => {
  const cwd = emptyFolder();
  const first = startCli(['tail', '--demo', '--record', 'a.ndjson'], { cwd });
  await first.waitFor('stderr', /ready/);
  const second = await runCli(['tail', '--demo', '--record', 'a.ndjson'], { cwd });
  first.child.kill('SIGINT');
  await first.done;
  expect(second).toMatchObject({ status: 1, stdout: '' });
  expect(second.stderr).toContain('Another process is recording to');
  expect(second.stderr).not.toContain('connecting');
});

test('--record-rotate without --record is exit 2', async () => {
  const result = await runCli(['tail', '--demo', '--record-rotate', '1h']);
  expect(result.status).toBe(2);
  expect(result.stderr).toContain('--record-rotate: expected --record <file> beside it');
});
