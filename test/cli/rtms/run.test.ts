import { expect, onTestFinished, test } from 'vitest';
import { type CliRun, runCli, startCli } from '../../support/run-cli.ts';
import { ended, RTMS_ENV, type ScriptedRtms, START_MS, said, scriptedRtms } from '../../support/scripted-rtms.ts';

const open = async (): Promise<ScriptedRtms> => {
  const rtms = await scriptedRtms();
  onTestFinished(() => rtms.close());
  return rtms;
};

const join = (rtms: ScriptedRtms, args: readonly string[] = [], env: Record<string, string> = {}): CliRun => {
  const run = startCli(['rtms', '--join', rtms.startEvent, ...args], { env: { ...RTMS_ENV, ...env } });
  onTestFinished(() => {
    run.child.kill('SIGKILL');
  });
  return run;
};

const eventsOf = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) => JSON.parse(line) as { event: string; event_ts: number; payload: { object: Record<string, unknown> } },
    );

test('a stream is taken, its words and people become events, and its end ends the run with 0', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    rtms.signal({
      msg_type: 6,
      event: { event_type: 3, timestamp: START_MS, participants: [{ user_id: '1', user_name: 'Ada' }] },
    });
    rtms.media(8, said(0, 1, 'Hello there', { sentence_id: 1, attribute: 1 }));
    rtms.media(8, said(1200, 2, 'Grüß dich', { start_time: (START_MS + 1200) * 1000, language: 14 }));
    rtms.media(16, {
      msg_type: 18,
      content: { timestamp: START_MS + 2000, data: 'a link', user_id: 2, user_name: 'Søren' },
    });
    rtms.signal({ msg_type: 12, timestamp: 77 });
    rtms.media(8, { msg_type: 12, timestamp: 78 });
    rtms.signal({ msg_type: 99, what: 'new' });
    setTimeout(() => rtms.signal(ended()), 100);
  };
  const { status, stdout, stderr } = await join(rtms).done;
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
  const events = eventsOf(stdout);
  expect(events.map(({ event }) => event.replace('rtms_stream.', '')).sort()).toEqual(
    ['chat', 'ended', 'participant_joined', 'started', 'transcript', 'transcript', 'unknown'].sort(),
  );
  const [first, second] = events
    .filter(({ event }) => event === 'rtms_stream.transcript')
    .map(({ payload }) => payload.object);
  expect(first).toEqual({
    rtms_stream_id: rtms.streamId,
    product: 'meeting',
    meeting_uuid: '4444AAAiAAAAAiAiAiiAii==',
    user_id: '1',
    user_name: 'Ada',
    text: 'Hello there',
    start_time: new Date(START_MS).toISOString(),
    end_time: new Date(START_MS + 900).toISOString(),
    offset_ms: 0,
    language: 'English',
    language_id: 9,
    attribute: 'new',
    sentence_id: 1,
  });
  expect(second).toMatchObject({ user_name: 'Søren', offset_ms: 1200, language: 'German' });
  expect(events.find(({ event }) => event.endsWith('.chat'))?.payload.object).toMatchObject({
    text: 'a link',
    offset_ms: 2000,
  });
  expect(events.at(-1)?.payload.object).toMatchObject({
    stop_reason: 6,
    stop_reason_name: 'meeting_ended',
    gaps: [],
    files: [],
  });
  expect(rtms.said(13).map(({ timestamp }) => timestamp)).toEqual(expect.arrayContaining([77, 78]));
  expect(
    rtms
      .said(3)
      .map(({ media_type }) => media_type)
      .sort(),
  ).toEqual([16, 8]);
  expect(
    rtms
      .said(5)
      .flatMap(({ events }) => events as { event_type: number }[])
      .map(({ event_type }) => event_type),
  ).not.toContain(1);
});

test('a wrong secret is refused: exit 3, explained by text and number', async () => {
  const rtms = await open();
  const { status, stdout, stderr } = await join(rtms, [], { ZOOM_CLIENT_SECRET: 'another-secret' }).done;
  expect(status).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/Zoom refused the signature: "Invalid signature" \(status 3\)/);
  expect(stderr).not.toContain('another-secret');
});

test.each([
  [
    'a start event without its fields',
    ['--join', '{"event":"meeting.rtms_started","payload":{}}'],
    /rtms_stream_id is missing[\s\S]*server_urls is missing/,
  ],
  ['a stop event', ['--join', '{"event":"meeting.rtms_stopped","payload":{}}'], /expected a start event/],
  [
    'plain ws to another host',
    ['--join', '{"meeting_uuid":"x","rtms_stream_id":"y","server_urls":"ws://zoom.example"}'],
    /wss:\/\//,
  ],
  ['two origins', ['--join', '{}', '--from', '-'], /one of them/],
  ['an unknown language', ['--join', '{}', '--language', 'klingon'], /expected a language|is missing/],
])('%s is exit 2', async (_, args, words) => {
  const { status, stderr } = await runCli(['rtms', ...args], { env: RTMS_ENV });
  expect(stderr).toMatch(words);
  expect(status).toBe(2);
});

test('a lost media socket is connected again, and the gap is told', async () => {
  const rtms = await open();
  let times = 0;
  rtms.onReady = () => {
    times += 1;
    if (times === 1) {
      rtms.media(8, said(0, 1, 'before'));
      rtms.mediaPeer(8)?.socket.terminate();
    } else {
      rtms.media(8, said(3000, 1, 'after'));
      rtms.signal(ended());
    }
  };
  const { status, stdout } = await join(rtms, ['--media', 'transcript', '--lifecycle']).done;
  expect(status).toBe(0);
  const events = eventsOf(stdout);
  expect(events.filter(({ event }) => event.endsWith('.transcript')).map(({ payload }) => payload.object.text)).toEqual(
    ['before', 'after'],
  );
  expect(events.map(({ event }) => event)).toContain('zoom_ws.rtms_gap');
  expect(events.filter(({ event }) => event === 'zoom_ws.rtms_connected').length).toBe(3);
});

test('lost signalling is taken up again, media and all', async () => {
  const rtms = await open();
  let times = 0;
  rtms.onReady = () => {
    times += 1;
    rtms.media(8, said(times * 1000, 1, `turn ${times}`));
    if (times === 1) rtms.peers[0]?.socket.terminate();
    else rtms.signal(ended());
  };
  const { status, stdout } = await join(rtms, ['--media', 'transcript']).done;
  expect(status).toBe(0);
  expect(stdout).toContain('turn 2');
});

test('a broken, an unknown or a binary message ends nothing', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    rtms.media(8, '{"msg_type":17,"cont');
    rtms.media(8, Buffer.from([0xff, 0xfe, 0x00]));
    rtms.media(8, '[]');
    rtms.media(8, Buffer.from(JSON.stringify(said(0, 1, 'in a binary frame'))));
    rtms.media(8, said(900, 1, '\u001b[31mred'));
    setTimeout(() => rtms.signal(ended('STOP_BC_MEETING_ENDED')), 50);
  };
  const { status, stdout } = await join(rtms, ['-o', 'pretty', '--utc']).done;
  expect(status).toBe(0);
  expect(stdout).toMatch(/\d\d:\d\d:\d\d Ada: in a binary frame/);
  expect(stdout).toContain('\\u001b[31mred');
  expect(stdout).not.toContain('\u001b');
});

test('start events come from stdin, and everything else there is ignored', async () => {
  const rtms = await open();
  rtms.onReady = () => rtms.signal(ended());
  const input = `{"event":"meeting.started","payload":{}}\n{"event":"meeting.rtms_started","payload":{}}\n${rtms.startEvent}\n${rtms.startEvent}\n`;
  const { status, stdout, stderr } = await runCli(['rtms', '--from', '-'], { env: RTMS_ENV, input });
  expect(status).toBe(0);
  expect(eventsOf(stdout).map(({ event }) => event)).toEqual(['rtms_stream.started', 'rtms_stream.ended']);
  expect(stderr).toContain('a start event was passed over');
  expect(stderr).toContain('1 repeated start');
});

test('raw shows each message, media as their size, and no query of an address', async () => {
  const rtms = await open();
  rtms.onReady = () => {
    rtms.media(1, {
      msg_type: 14,
      content: { user_id: 1, data: Buffer.alloc(640).toString('base64'), timestamp: START_MS },
    });
    setTimeout(() => rtms.signal(ended()), 50);
  };
  const { stdout, stderr, status } = await join(rtms, ['-o', 'raw', '--media', 'transcript', '-vv']).done;
  expect(status).toBe(0);
  expect(stdout).toContain('"msg_type":2');
  expect(stdout).toContain('/media?…');
  expect(`${stdout}${stderr}`).not.toContain('hidden');
  expect(`${stdout}${stderr}`).not.toContain(RTMS_ENV.ZOOM_CLIENT_SECRET);
  expect(stdout).not.toContain('rtms_stream.');
});

test('-vv says nothing of what a frame holds with --redact', async () => {
  const rtms = await open();
  const run = join(rtms, ['--media', 'transcript', '-vv', '--redact']);
  await run.waitFor('stderr', /< module unknown, type unknown, \d+ characters[\s\S]*ready/);
  rtms.signal(ended());
  const { stderr, status } = await run.done;
  expect(status).toBe(0);
  expect(stderr).not.toContain('msg_type');
});

test('--on-exit close ends the stream for good when the run is stopped', async () => {
  const rtms = await open();
  const run = join(rtms, ['--on-exit', 'close']);
  await run.waitFor('stderr', /ready/);
  run.child.kill('SIGTERM');
  const { status } = await run.done;
  expect(status).toBe(0);
  expect(rtms.said(21)).toEqual([{ msg_type: 21, rtms_stream_id: rtms.streamId }]);
});

test('nothing is requested that was not asked for, and what is refused is told with its scope', async () => {
  const rtms = await open();
  rtms.addresses = ['audio', 'chat'];
  const { status, stderr } = await join(rtms, ['--media', 'transcript']).done;
  expect(status).toBe(3);
  expect(stderr).toContain('meeting:read:meeting_transcript');
  expect(rtms.said(3)).toEqual([]);
});
