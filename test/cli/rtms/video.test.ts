import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { h264Film } from '../../support/h264-film.ts';
import { turns } from '../../support/rtms-audio.ts';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { ended, RTMS_ENV, type ScriptedRtms, START_MS, scriptedRtms } from '../../support/scripted-rtms.ts';

const hasProbe = spawnSync('ffprobe', ['-version']).status === 0;

const open = async (): Promise<ScriptedRtms> => {
  const rtms = await scriptedRtms();
  onTestFinished(() => rtms.close());
  return rtms;
};

const picture = (ms: number, data: Buffer, type = 15) => ({
  msg_type: type,
  content: {
    user_id: 7,
    user_name: 'Ada',
    data: data.toString('base64'),
    length: data.length,
    timestamp: START_MS + ms,
  },
});

const folderIn = (dir: string): string => join(dir, readdirSync(dir)[0] ?? '');

const probe = (path: string) => {
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', '-show_streams', '-count_packets', '-of', 'json', path]);
  return (
    JSON.parse(String(stdout)) as {
      streams: { codec_name: string; nb_read_packets: string; duration?: string; width?: number }[];
    }
  ).streams;
};

test.skipIf(!hasProbe).each(['mkv', 'mp4'])(
  'video and sound are one %s, and a change of size begins the next file',
  async (mux) => {
    const rtms = await open();
    rtms.onReady = () => {
      if (rtms.mediaPeer(1) === undefined) return;
      for (const one of turns.slice(0, 40)) rtms.media(1, one);
      for (const [index, data] of h264Film.small.entries()) rtms.media(2, picture(index * 100, data));
      for (const [index, data] of h264Film.large.entries()) rtms.media(2, picture(2000 + index * 100, data));
      setTimeout(() => rtms.signal(ended()), 700);
    };
    const dir = emptyFolder();
    const { status, stderr } = await runCli(
      ['rtms', '--join', rtms.startEvent, '--save', dir, '--media', 'audio,video', '--mux', mux],
      { env: RTMS_ENV },
    );
    expect(stderr).not.toMatch(/warning|error/);
    expect(status).toBe(0);
    const films = readdirSync(folderIn(dir)).filter((name) => name.endsWith(mux));
    expect(films).toEqual([`video-1.${mux}`, `video-2.${mux}`]);
    const [first, second] = films.map((name) => probe(join(folderIn(dir), name)));
    expect(first?.map(({ codec_name }) => codec_name)).toEqual(['h264', 'pcm_s16le']);
    expect(Number(first?.[0]?.nb_read_packets)).toBe(h264Film.small.length);
    expect(Number(second?.[0]?.nb_read_packets)).toBe(h264Film.large.length);
    expect(second?.[0]?.width).toBeGreaterThan(first?.[0]?.width ?? 0);
  },
);

test.skipIf(!hasProbe)('a film that was killed plays up to the last second', async () => {
  const rtms = await open();
  const dir = emptyFolder();
  rtms.onReady = () => {
    for (const one of turns.slice(0, 40)) rtms.media(1, one);
    for (let second = 0; second < 4; second += 1) {
      for (const [index, data] of h264Film.small.slice(0, 10).entries())
        rtms.media(2, picture(second * 1000 + index * 100, data));
    }
  };
  const run = startCli(['rtms', '--join', rtms.startEvent, '--save', dir, '--media', 'audio,video'], { env: RTMS_ENV });
  const path = () => join(folderIn(dir), 'video-1.mkv');
  const packets = () => {
    try {
      return Number(probe(path())[0]?.nb_read_packets ?? 0);
    } catch {
      return 0;
    }
  };
  await expect.poll(packets, { timeout: 20_000, interval: 300 }).toBeGreaterThanOrEqual(30);
  run.child.kill('SIGKILL');
  await run.done;
  expect(packets()).toBeGreaterThanOrEqual(30);
});

test('bare H.264 has its times beside it, and a shared screen is pictures in a folder', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    for (const [index, data] of h264Film.small.entries()) rtms.media(2, picture(index * 100, data));
    rtms.media(4, picture(500, Buffer.from('a jpeg'), 16));
    setTimeout(() => rtms.signal(ended()), 100);
  };
  const dir = emptyFolder();
  const { status } = await runCli(
    ['rtms', '--join', rtms.startEvent, '--save', dir, '--media', 'video,share', '--mux', 'none'],
    { env: RTMS_ENV },
  );
  expect(status).toBe(0);
  expect(readFileSync(join(folderIn(dir), 'video-1.h264'))).toEqual(Buffer.concat(h264Film.small));
  const times = readFileSync(join(folderIn(dir), 'video-1.times.ndjson'), 'utf8')
    .trim()
    .split('\n');
  expect(JSON.parse(times[3] ?? '')).toMatchObject({ offset_ms: 300, user_id: '7', user_name: 'Ada' });
  const [name = ''] = readdirSync(join(folderIn(dir), 'share'));
  expect(name).toMatch(/^\d{8}T\d{6}\.\d{3}Z-7\.jpg$/);
});

test('one participant is chosen by name once the name is known, and again when the camera comes back', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    const people = (event_type: number, user_id: number, user_name: string) =>
      rtms.signal({ msg_type: 6, event: { event_type, timestamp: START_MS, participants: [{ user_id, user_name }] } });
    people(3, 5, 'Ada');
    people(9, 5, 'Ada');
    people(8, 5, 'Ada');
    setTimeout(() => rtms.signal(ended()), 300);
  };
  const dir = emptyFolder();
  await runCli(['rtms', '--join', rtms.startEvent, '--save', dir, '--media', 'video', '--video-of', 'ada'], {
    env: RTMS_ENV,
  });
  expect(rtms.said(28).map(({ user_id, subscribe }) => [user_id, subscribe])).toEqual([
    [5, true],
    [5, true],
  ]);
  expect(JSON.stringify(rtms.said(3))).toContain('"data_opt":4');
});

test.each([
  [['--fps', '25', '--video-codec', 'jpg'], /5 at most/],
  [['--share-fps', '1', '--share-codec', 'h264'], /more than 1/],
  [['--fps', '60'], /1 to 30/],
  [['--video-of', 'Ada'], /video in --media/],
])('%j is beyond what Zoom documents: exit 2', async (args, words) => {
  const { status, stderr } = await runCli(
    ['rtms', '--join', '{"meeting_uuid":"a","rtms_stream_id":"b","server_urls":"wss://c"}', ...args],
    { env: RTMS_ENV },
  );
  expect(stderr).toMatch(words);
  expect(status).toBe(2);
});
