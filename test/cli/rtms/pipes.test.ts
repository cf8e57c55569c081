import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { secondsOf, turns } from '../../support/rtms-audio.ts';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { ended, RTMS_ENV, type ScriptedRtms, scriptedRtms } from '../../support/scripted-rtms.ts';

const open = async (last: object = ended()): Promise<ScriptedRtms> => {
  const rtms = await scriptedRtms();
  onTestFinished(() => rtms.close());
  rtms.onReady = () => {
    for (const one of turns) rtms.media(1, one);
    setTimeout(() => rtms.signal(last), 300);
  };
  return rtms;
};

const pcmOf = (path: string): Int16Array => {
  const bytes = readFileSync(path);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};

test('--audio-to gets the mix of everybody, once and in order, and audio alone is requested', async () => {
  const rtms = await open();
  const dir = emptyFolder();
  const path = join(dir, 'a.pcm');
  const { status, stderr } = await runCli(
    ['rtms', '--join', rtms.startEvent, '--audio-to', path, '--packet', '100ms'],
    { env: RTMS_ENV },
  );
  expect(stderr).not.toContain('warning');
  expect(status).toBe(0);
  expect(secondsOf(pcmOf(path))).toEqual([100, 200, 100, 200, 100, 200]);
  expect(rtms.said(3).map(({ media_type }) => media_type)).toEqual([1]);
  expect(JSON.stringify(rtms.said(3))).toContain('"data_opt":1');
});

test('with --audio-to - stdout is audio and nothing else', async () => {
  const rtms = await open();
  const dir = emptyFolder();
  writeFileSync(join(dir, 'start.json'), rtms.startEvent);
  const run = startCli(['rtms', '--join', 'start.json', '--audio-to', '-', '--track', 'Ada', '--packet', '100ms'], {
    env: RTMS_ENV,
    cwd: dir,
  });
  run.child.stdout.setEncoding('latin1');
  const { status, stdout } = await run.done;
  expect(status).toBe(0);
  const bytes = Buffer.from(stdout, 'latin1');
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  expect(secondsOf(samples)).toEqual([100, 0, 100, 0, 100]);
});

test('--exec runs once for each track, its environment has the names and none of our secrets', async () => {
  const rtms = await open();
  const dir = emptyFolder();
  const command = 'cat > "$RTMS_USER_ID.pcm"; env > "$RTMS_USER_ID.env"; printf "got %s \\033[31m" "$RTMS_USER_NAME"';
  const { status, stderr } = await runCli(['rtms', '--join', rtms.startEvent, '--exec', command, '--packet', '100ms'], {
    env: { ...RTMS_ENV, OTHER: RTMS_ENV.ZOOM_CLIENT_SECRET },
    cwd: dir,
  });
  expect(status).toBe(0);
  expect(secondsOf(pcmOf(join(dir, '1.pcm')))).toEqual([100, 0, 100, 0, 100]);
  expect(secondsOf(pcmOf(join(dir, '2.pcm')))).toEqual([200, 0, 200, 0, 200]);
  const env = readFileSync(join(dir, '2.env'), 'utf8');
  expect(env).toContain('RTMS_USER_NAME=Søren/../x');
  expect(env).toContain('RTMS_RATE=16000');
  expect(env).not.toContain(RTMS_ENV.ZOOM_CLIENT_SECRET);
  expect(stderr).toContain('[exec Ada] got Ada \\u001b[31m');
});

test('at a revocation the programs are told to end at once, and a file of --audio-to is deleted', async () => {
  const rtms = await open(ended(8));
  const dir = emptyFolder();
  const path = join(dir, 'a.pcm');
  const command = 'trap "echo ended >> ended; exit" TERM; while :; do sleep 0.1; done';
  const { status } = await runCli(['rtms', '--join', rtms.startEvent, '--audio-to', path, '--exec', command], {
    env: RTMS_ENV,
    cwd: dir,
  });
  expect(status).toBe(0);
  expect(existsSync(path)).toBe(false);
  expect(readFileSync(join(dir, 'ended'), 'utf8')).toBe('ended\nended\n');
});

test.each([
  ['an existing file', ['--audio-to', 'there'], /exists/],
  ['a format beside audio on stdout', ['--audio-to', '-', '--json'], /no -o/],
  ['audio with nowhere to go', ['--media', 'audio'], /nowhere/],
  ['a packet that Zoom does not know', ['--packet', '30ms'], /multiple of 20ms/],
])('%s is exit 2', async (_, args, words) => {
  const rtms = await open();
  const dir = emptyFolder();
  writeFileSync(join(dir, 'there'), '');
  const { status, stderr } = await runCli(['rtms', '--join', rtms.startEvent, ...args], { env: RTMS_ENV, cwd: dir });
  expect(stderr).toMatch(words);
  expect(status).toBe(2);
  expect(rtms.peers).toHaveLength(0);
});
