import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { askSimulator } from '../../../src/cli/trigger/control-client.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator/index.ts';
import { systemClock } from '../../../src/time/system-clock.ts';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { connect } from '../../support/socket-client.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

const start = async (options: Partial<SimulatorOptions> = {}) => {
  running = await startSimulator({ clock: systemClock, random: Math.random, ...options });
  return running;
};

const trigger = (simulator: Simulator, args: readonly string[], input?: string) =>
  runCli(['trigger', ...args], { env: { ...simulator.settings }, ...(input !== undefined && { input }) });

const file = (name: string, content: string | Buffer): string => {
  const path = join(emptyFolder(), name);
  writeFileSync(path, content);
  return path;
};

test('sends a sample with the fields that are set to whoever is connected, and says how many', async () => {
  const simulator = await start();
  const clients = [await connect(simulator), await connect(simulator, simulator.rules.subscriptions[1])];
  const { status, stdout, stderr } = await trigger(simulator, [
    'meeting.started',
    '--set',
    'payload.object.topic=All hands',
    '--set',
    'id=123',
    '--set',
    'duration=45',
    '--set',
    'participant.tags=["a"]',
    '--set',
    'extra.deep=true',
    '--set',
    'event_ts=1',
    '--set',
    'payload.account_id=null',
  ]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toMatch(/sent meeting\.started to 2 clients/);
  for (const client of clients) {
    const event = JSON.parse(JSON.parse(await client.frame(1)).content);
    expect(event).toMatchObject({
      event: 'meeting.started',
      event_ts: 1,
      payload: {
        account_id: null,
        object: { topic: 'All hands', id: '123', duration: 45, participant: { tags: ['a'] }, extra: { deep: true } },
      },
    });
    expect(event.payload.object.host_id).toMatch(/^.{22}$/);
  }
});

test('sets a field of each element of an array, and keeps every digit of a long number', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  await trigger(simulator, [
    'recording.completed',
    '--set',
    'recording_files[].file_type=CHAT',
    '--set',
    'big=7603175240135936543',
  ]);
  const { object } = JSON.parse(JSON.parse(await client.frame(1)).content).payload;
  expect(object.recording_files.map((each: { file_type: string }) => each.file_type)).toEqual(['CHAT', 'CHAT']);
  expect(object.big).toBe('7603175240135936543');
});

test('sends as many as are asked for, each another one', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  const { stderr } = await trigger(simulator, ['meeting.ended', '--count', '1500']);
  await client.frame(1500);
  expect(stderr).toMatch(/sent 1500 events \(meeting\.ended\) to 1 client/);
  expect(new Set(client.frames.slice(1)).size).toBe(1500);
});

test('exits 1 when nobody is connected, 0 for a fault', async () => {
  const simulator = await start();
  const { status, stderr } = await trigger(simulator, ['meeting.started']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/error: .*nobody is connected.*meeting\.started/);
  expect((await trigger(simulator, ['--fault', 'drop'])).status).toBe(0);
  const both = await trigger(simulator, ['meeting.started', '--fault', 'reject-token']);
  expect(both.status).toBe(1);
  expect(simulator.state().faults).toContain('reject-token');
});

test('--wait waits for a client, and no longer than asked', async () => {
  const simulator = await start();
  expect((await trigger(simulator, ['meeting.started', '--wait', '10ms'])).status).toBe(1);
  const sent = trigger(simulator, ['meeting.ended', '--wait', '60s']);
  const client = await connect(simulator);
  expect(await sent).toMatchObject({ status: 0, stderr: expect.stringContaining('to 1 client') });
  expect(JSON.parse(JSON.parse(await client.frame(1)).content).event).toBe('meeting.ended');
});

test.each([
  [['meeting.strated'], /meeting\.started/],
  [['nonsense'], /zoom-ws events/],
  [[], /no event and no fault/],
  [['meeting.started', '--set', 'topic'], /path=value/],
  [['meeting.started', '--set', 'a..b=1'], /name of a field/],
  [['meeting.started', '--set', '_meta.x=1'], /_meta/],
  [['meeting.started', '--count', '0'], /1 or more/],
  [['meeting.started', 'hands'], /quotes/],
  [['--fault', 'dorp'], /none or one of drop/],
  [['meeting.started', '--url', 'http://zoom.us'], /own machine/],
  [['--from', 'missing.json'], /no such file/],
])('exits 2 and sends nothing: %j', async (args, words) => {
  const simulator = await start();
  const client = await connect(simulator);
  const { status, stdout, stderr } = await trigger(simulator, args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(client.frames).toHaveLength(1);
});

test('exits 1 and says how to start a simulator when none is running', async () => {
  const simulator = await start();
  await simulator.close();
  const { status, stderr } = await runCli(['trigger', 'meeting.started', '--url', simulator.url]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/No simulator answers at http:\/\/127\.0\.0\.1:\d+.*ECONNREFUSED[\s\S]*zoom-ws simulate/);
});

test('finds the simulator by --url, by a settings file, and not by settings that lead to Zoom itself', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  const lines = Object.entries(simulator.settings).map(([name, value]) => `export ${name}=${value}\n`);
  const ways = [
    ['--url', `${simulator.url}/`],
    ['--url', simulator.settings.ZOOM_WS_URL],
    ['--dotenv', file('sim.env', lines.join(''))],
  ];
  for (const [index, way] of ways.entries()) {
    const env = { ZOOM_OAUTH_URL: 'https://zoom.us/oauth/token' };
    expect((await runCli(['trigger', 'meeting.ended', ...way], { env })).status).toBe(0);
    await client.frame(index + 1);
  }
});

const ONE = '{"event":"my.own", "n": 1.0}';

test.each([
  ['a line', 'e.json', ONE, [ONE]],
  [
    'a recording',
    'r.ndjson',
    `${ONE}\n{"event":"b","_meta":{"id":"0123456789abcdef","received_at":"2026-11-22T01:42:00.000Z","lag_ms":1,"subscription":"s","seq":2}}\n{"event":"zoom_ws.gap"}\n`,
    [ONE, '{"event":"b"}'],
  ],
  ['a packed recording', 'r.gz', gzipSync(`${ONE}\n`), [ONE]],
  [
    'an event over several lines',
    'e.json',
    '{\n  "event": "my.own",\n  "payload": {}\n}\n',
    ['{"event":"my.own","payload":{}}'],
  ],
])('sends what a file holds, as it stands: %s', async (_what, name, content, expected) => {
  const simulator = await start();
  const client = await connect(simulator);
  const { status, stderr } = await trigger(simulator, ['--from', file(name, content)]);
  expect([status, stderr]).toEqual([0, expect.stringContaining('sent')]);
  await client.frame(expected.length);
  expect(client.frames.slice(1).map((frame) => JSON.parse(frame).content)).toEqual(expected);
});

test('of a file takes the events that are named, and names the only one', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  await trigger(simulator, ['b', '--from', file('r', '{"event":"a"}\n{"event":"b","n":1}\n')]);
  await trigger(simulator, ['new.name', '--from', '-', '--set', 'topic=x'], '{"payload":{"object":{"topic":"y"}}}');
  const { status, stderr } = await trigger(simulator, ['c', '--from', file('r', '{"event":"a"}\n{"event":"b"}\n')]);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/holds no event "c"[\s\S]*a, b/)]);
  await client.frame(2);
  expect(client.frames.slice(1).map((frame) => JSON.parse(frame).content)).toEqual([
    '{"event":"b","n":1}',
    '{"event":"new.name","payload":{"object":{"topic":"x"}}}',
  ]);
});

test('makes faults happen, now and later, and ends them', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  expect((await trigger(simulator, ['--fault', 'reject-token,drop:1h'])).stderr).toMatch(
    /fault reject-token: [\s\S]*drop in 1h, for everyone who is connected then \(now 1 client\): /,
  );
  expect((await trigger(simulator, ['--fault', 'oauth-429:2s'])).stderr).toContain('fault oauth-429 in 2s: ');
  expect(simulator.state().faults).toEqual(['reject-token']);
  expect((await trigger(simulator, ['--fault', 'none'])).stderr).toMatch(/all faults are off/);
  expect(simulator.state().faults).toEqual([]);
  await trigger(simulator, ['--fault', 'drop']);
  expect(await client.closed).toMatchObject({ code: 1006 });
  expect((await trigger(simulator, ['--fault', 'drop'])).stderr).toMatch(/nobody is connected/);
});

test.each(['drop', 'zombie', 'displace', 'duplicate', 'malformed'])('says whom %s met', async (fault) => {
  const simulator = await start();
  await connect(simulator);
  const { stderr } = await trigger(simulator, ['--fault', fault]);
  expect(stderr).toContain(`fault ${fault}, for 1 client: `);
});

test.each([
  ['topik=x', /warning: --set topik: no documented field of meeting\.started[\s\S]*Did you mean topic/],
  ['payload.acount_id=x', /--set payload\.acount_id: [\s\S]*payload\.account_id/],
])('warns of a field that is not documented, and sends it: %s', async (setting, words) => {
  const simulator = await start();
  const client = await connect(simulator);
  const { status, stderr } = await trigger(simulator, ['meeting.started', '--set', setting]);
  expect([status, stderr]).toEqual([0, expect.stringMatching(words)]);
  await client.frame(1);
  expect(client.frames[1]).toContain(setting.replace(/^.*\.|=.*$/g, ''));
});

test('runs that name the same meeting tell of the same people, now', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  const before = Date.now() - 1000;
  for (const type of ['started', 'participant_joined', 'participant_left', 'ended']) {
    const { stderr } = await trigger(simulator, [`meeting.${type}`, '--set', 'id=85212345678']);
    expect(stderr).not.toContain('warning');
  }
  await client.frame(4);
  const objects = client.frames.slice(1).map((frame) => JSON.parse(JSON.parse(frame).content).payload.object);
  const [started, joined, left, ended] = objects;
  expect(new Set(objects.map(({ host_id }) => host_id)).size).toBe(1);
  expect(new Set(objects.map(({ uuid }) => uuid)).size).toBe(1);
  const { join_time: joinedAt, ...person } = joined.participant;
  expect(left.participant).toMatchObject({
    id: person.id,
    user_id: person.user_id,
    user_name: person.user_name,
    participant_uuid: person.participant_uuid,
  });
  const times = [started.start_time, joinedAt, left.participant.leave_time, ended.end_time].map(Date.parse);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBeGreaterThanOrEqual(before);
});

/** The URL of a server that takes requests and never answers. */
const silent = async (onRequest: () => void = () => {}): Promise<string> => {
  const server = createServer(onRequest).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test('gives up on a server that is silent', async () => {
  const url = await silent();
  const stay = new AbortController().signal;
  const asked = askSimulator(url, { clear: true }, stay, { stepMs: 50, wholeMs: 10_000 });
  await expect(asked).rejects.toMatchObject({
    code: 'unreachable',
    message: `No simulator answers at ${url}: no answer within 0.05 s.`,
    hint: expect.stringContaining('does not answer'),
  });
});

test('Ctrl-C ends it while a server is silent', async () => {
  const run = startCli(['trigger', 'meeting.started', '--url', await silent(() => run.child.kill('SIGINT'))]);
  expect(await run.done).toMatchObject({ status: 130, stdout: '', stderr: '' });
});
