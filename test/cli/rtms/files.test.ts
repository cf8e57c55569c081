import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { secondsOf, turns } from '../../support/rtms-audio.ts';
import { emptyFolder, startCli } from '../../support/run-cli.ts';
import { ended, RTMS_ENV, type ScriptedRtms, START_MS, said, scriptedRtms } from '../../support/scripted-rtms.ts';

const open = async (): Promise<ScriptedRtms> => {
  const rtms = await scriptedRtms();
  onTestFinished(() => rtms.close());
  return rtms;
};

const save = (rtms: ScriptedRtms, dir: string, args: readonly string[] = []) => {
  const run = startCli(['rtms', '--join', rtms.startEvent, '--save', dir, ...args], { env: RTMS_ENV });
  onTestFinished(() => {
    run.child.kill('SIGKILL');
  });
  return run;
};

const folderIn = (dir: string): string => join(dir, readdirSync(dir)[0] ?? '');

/** A WAV's samples; throws where the header is not exactly that of a sound file. */
const samplesOf = (path: string): Int16Array => {
  const bytes = readFileSync(path);
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect(bytes.toString('latin1', 8, 16)).toBe('WAVEfmt ');
  expect(bytes.readUInt16LE(20)).toBe(1);
  expect(bytes.readUInt32LE(24)).toBe(16_000);
  expect(bytes.toString('latin1', 36, 40)).toBe('data');
  expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length));
};

test.each([
  ['in order', turns],
  [
    'in another order within 100 ms',
    turns.flatMap((_, index) => (index % 2 === 0 ? [turns[index + 1], turns[index]] : [])),
  ],
  ['with everything twice', turns.flatMap((one) => [one, one])],
])('two people taking turns are two tracks of six seconds, aligned: %s', async (_, packets) => {
  const rtms = await open();
  rtms.onReady = () => {
    rtms.signal({ msg_type: 6, event: { event_type: 1, timestamp: START_MS } });
    for (const one of packets) rtms.media(1, one ?? {});
    setTimeout(() => rtms.signal(ended()), 100);
  };
  const dir = emptyFolder();
  const { status, stdout } = await save(rtms, dir, ['--tracks', 'both']).done;
  expect(status).toBe(0);
  const folder = folderIn(dir);
  expect(secondsOf(samplesOf(join(folder, 'audio-1-Ada.wav')))).toEqual([100, 0, 100, 0, 100, 0]);
  expect(secondsOf(samplesOf(join(folder, 'audio-2-Søren-x.wav')))).toEqual([0, 200, 0, 200, 0, 200]);
  expect(secondsOf(samplesOf(join(folder, 'audio-mixed.wav')))).toEqual([100, 200, 100, 200, 100, 200]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
  const record = JSON.parse(readFileSync(join(folder, 'stream.json'), 'utf8'));
  expect(record).toMatchObject({ complete: true, stop_reason: 6, start_ms: START_MS, rtms_stream_id: rtms.streamId });
  expect(record.participants.map((one: { user_name: string }) => one.user_name)).toEqual(['Ada', 'Søren/../x']);
  expect(stdout).toContain('audio-mixed.wav');
});

test('captions hold the last revision of each sentence, in order, and chat what stands', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    rtms.media(8, said(0, 1, 'Helo <b>', { sentence_id: 1, attribute: 1 }));
    rtms.media(8, said(4000, 1, 'gone', { sentence_id: 3, attribute: 1 }));
    rtms.media(8, said(2000, 2, 'Second & last', { sentence_id: 2, attribute: 1 }));
    rtms.media(8, said(0, 1, 'Hello <b>', { sentence_id: 1, attribute: 2 }));
    rtms.media(8, said(4000, 1, '', { sentence_id: 3, attribute: 3 }));
    for (const [operation_type, data] of [
      [1, 'frist'],
      [3, 'first'],
    ] as const) {
      rtms.media(16, {
        msg_type: 18,
        content: { timestamp: START_MS + 500, data, message_id: 'm1', operation_type, user_id: 1, user_name: 'Ada' },
      });
    }
    setTimeout(() => rtms.signal(ended()), 100);
  };
  const dir = emptyFolder();
  const { status } = await save(rtms, dir, ['--captions', 'vtt,srt,txt']).done;
  expect(status).toBe(0);
  const read = (file: string) => readFileSync(join(folderIn(dir), file), 'utf8');
  expect(read('transcript.vtt')).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:00.900\n<v Ada>Hello &lt;b&gt;\n\n00:00:02.000 --> 00:00:02.900\n<v Søren>Second &amp; last\n\n',
  );
  expect(read('transcript.srt')).toContain('2\n00:00:02,000 --> 00:00:02,900\nSøren: Second & last\n');
  expect(read('transcript.txt')).toBe('[00:00:00] Ada: Hello <b>\n[00:00:02] Søren: Second & last\n');
  expect(read('chat.txt')).toBe('[00:00:00] Ada: first\n');
});

test('a revocation deletes everything but revoked.json', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    for (const one of turns) rtms.media(1, one);
    rtms.media(8, said(0, 1, 'a secret of Ada'));
    setTimeout(() => rtms.signal(ended('STOP_BC_STREAM_REVOKED')), 1500);
  };
  const dir = emptyFolder();
  const { status, stderr } = await save(rtms, dir).done;
  expect(status).toBe(0);
  expect(readdirSync(folderIn(dir))).toEqual(['revoked.json']);
  expect(readFileSync(join(folderIn(dir), 'revoked.json'), 'utf8')).not.toMatch(/Ada|secret/);
  expect(stderr).toContain('cannot be called back');
});

test('a killed run leaves files that are valid, and the next one goes on in the same folder on the same time line', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    for (const one of turns.slice(0, 30)) rtms.media(1, one);
    rtms.media(8, said(0, 1, 'before', { sentence_id: 1 }));
  };
  const dir = emptyFolder();
  const run = save(rtms, dir);
  await expect
    .poll(
      () => existsSync(join(folderIn(dir), 'audio-2-Søren-x.wav')) && existsSync(join(folderIn(dir), 'transcript.vtt')),
      { timeout: 15_000 },
    )
    .toBe(true);
  run.child.kill('SIGKILL');
  await run.done;
  samplesOf(join(folderIn(dir), 'audio-1-Ada.wav'));
  rtms.onReady = () => {
    for (const one of turns.slice(20)) rtms.media(1, one);
    rtms.media(8, said(5000, 2, 'after', { sentence_id: 2 }));
    setTimeout(() => rtms.signal(ended()), 100);
  };
  expect((await save(rtms, dir).done).status).toBe(0);
  expect(readdirSync(dir)).toHaveLength(1);
  expect(secondsOf(samplesOf(join(folderIn(dir), 'audio-1-Ada.wav')))).toEqual([100, 0, 100, 0, 100, 0]);
  const vtt = readFileSync(join(folderIn(dir), 'transcript.vtt'), 'utf8');
  expect(vtt).toMatch(/before[\s\S]*00:00:05\.000[\s\S]*after/);
});

test('a folder that cannot be written to is exit 2, before anything is sent', async () => {
  const rtms = await open();
  const run = save(rtms, '/dev/null/x');
  expect((await run.done).status).toBe(2);
  expect(rtms.peers).toHaveLength(0);
});
