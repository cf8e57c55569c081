import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from '../../support/run-cli.ts';

test('--demo shows who says what, without an account and whatever the settings say', async () => {
  const args = ['rtms', '--demo', '-o', 'pretty', '--utc', '-e', 'rtms_stream.transcript', '-n', '2'];
  const env = { ZOOM_CLIENT_ID: 'someone-else', HTTPS_PROXY: 'http://127.0.0.1:9', TERM: 'xterm' };
  const { status, stdout } = await runCli(args, { env });
  expect(status).toBe(0);
  const [first, second] = stdout.trimEnd().split('\n');
  expect(first).toMatch(/^\d\d:\d\d:\d\d \p{L}.*: Good morning, everyone. Can you all hear me\?$/u);
  expect(second).toMatch(/: Loud and clear\.$/);
});

test('--demo --save leaves captions, and a WAV for each voice', async () => {
  const folder = emptyFolder();
  const args = ['rtms', '--demo', '--save', folder, '-e', 'rtms_stream.transcript', '-n', '2'];
  expect((await runCli(args)).status).toBe(0);
  const [stream = ''] = readdirSync(folder);
  const files = readdirSync(join(folder, stream));
  expect(readFileSync(join(folder, stream, 'transcript.vtt'), 'utf8')).toContain('Loud and clear.');
  const tracks = files.filter((name) => name.endsWith('.wav'));
  expect(tracks).toHaveLength(2);
  for (const track of tracks) {
    const wav = readFileSync(join(folder, stream, track));
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
    expect(wav.subarray(44).some((byte) => byte !== 0)).toBe(true);
  }
});

test('--demo with another source is wrong usage', async () => {
  const { status, stderr } = await runCli(['rtms', '--demo', '--join', '{}']);
  expect(status).toBe(2);
  expect(stderr).toContain('--join and --demo: expected one of them at most.');
});
