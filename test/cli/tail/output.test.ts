import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { finish, readyTail, startZoom, tail } from '../../support/zoom.ts';

const LAST = '{"event":"test.last","event_ts":1}';

/** Runs `tail` over frames as they stand, and answers with its stdout lines before the last event. */
const linesOf = async (
  frames: readonly (string | Buffer)[],
  args: readonly string[] = [],
  zoom?: Simulator,
): Promise<{ lines: string[]; stderr: string }> => {
  const server = zoom ?? (await startZoom());
  const run = await readyTail(server, args);
  for (const frame of frames) server.sendFrame(frame);
  server.send(LAST);
  const { status, stdout, stderr } = await finish(run, /test\.last/);
  expect(status, stderr).toBe(0);
  const lines = stdout.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.pop()).toContain('test.last');
  return { lines, stderr };
};

const asString = (event: string): string => JSON.stringify({ module: 'message', content: event, header: {} });

const EVENTS: readonly (readonly [what: string, sent: string, emitted?: string])[] = [
  ['odd spacing', '{ "event" :\t"a.b" ,  "event_ts":1 , "payload" : { } }'],
  ['odd spacing around the whole', '  {"event":"a.b"}  '],
  ['another order of keys', '{"payload":{"z":1,"a":2},"event_ts":1,"event":"a.b"}'],
  ['numbers of 19 digits', '{"event":"a.b","payload":{"object":{"call_id":7290000000000000001}}}'],
  ['numbers beyond what a double holds', '{"event":"a.b","payload":{"n":1e400,"m":-1e400,"z":-0,"e":1E+2,"f":1.10}}'],
  ['numbers of many digits', `{"event":"a.b","n":${'9'.repeat(400)},"m":0.${'1'.repeat(400)}}`],
  ['escapes', '{"event":"a.b","t":"\\u00e9\\/\\b\\f\\n\\r\\t\\"\\\\\\u0000\\u2028"}'],
  ['escaped keys', '{"ev\\u0065nt":"a.b","\\u0070ayload":{}}'],
  ['escaped lone surrogates', '{"event":"a.b","t":"\\ud800 \\udc00\\ud800"}'],
  ['line separators, emoji and other planes', '{"event":"a.b","t":"\u2028\u2029\u0085 👩‍👩‍👧 \u{10ffff} é"}'],
  ['DEL and C1 controls', '{"event":"a.b","t":"\u007f\u009b31m"}'],
  ['line breaks between tokens', '{\n "event":\r\n"a.b",\n\n"n":\t1\r}', '{ "event":"a.b","n":\t1}'],
  ['duplicate keys', '{"event":"x.y","event":"a.b","payload":1,"payload":2}'],
  ['deep nesting', `{"event":"a.b","d":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
  ['no event', '{"event_ts":1,"payload":{}}'],
  ['an event that is no string', '{"event":7,"payload":{}}'],
  ['an event that is null', '{"event":null}'],
  ['an empty object', '{}'],
  ['keys of prototypes', '{"event":"a.b","__proto__":{"x":1},"constructor":1,"toString":2}'],
  ['an event name that nobody knows', '{"event":"brand.new_thing_2027","payload":{"object":null}}'],
  ['an event that names itself like ours', '{"event":"zoom_ws.gap","payload":{}}'],
];

test.each(EVENTS)('writes an event exactly as Zoom sent it: %s', async (_what, sent, emitted) => {
  const { lines } = await linesOf([asString(sent ?? '')]);
  expect(lines).toEqual([emitted ?? sent]);
  expect(() => JSON.parse(lines.join())).not.toThrow();
});

test('takes content as an object, and a bare event, exactly as they stand', async () => {
  const event = '{ "event":"a.b", "n":7290000000000000001, "t":"\\u00e9}{\\"" }';
  const { lines } = await linesOf(
    [
      `{"module":"message","content":${event},"header":{}}`,
      `{"header":{"content":{"event":"wrong"}},"content" : ${event.replace('a.b', 'c.d')} , "module":"message"}`,
      event.replace('a.b', 'e.f'),
      `{"module":"message",\n"content":{\n"event":"g.h"\r\n}}`,
    ],
    [],
  );
  expect(lines).toEqual([event, event.replace('a.b', 'c.d'), event.replace('a.b', 'e.f'), '{"event":"g.h"}']);
});

test('writes a lone surrogate as its escape, wherever the frame had it', async () => {
  const { lines } = await linesOf([
    '{"module":"message","content":"{\\"event\\":\\"a.b\\",\\"t\\":\\"x\\ud800y\\"}"}',
    '{"module":"message","content":"{\\"event\\":\\"a.c\\",\\"t\\":\\"😀\\ud83d\\ude00\\udc00\\"}"}',
  ]);
  expect(lines).toEqual(['{"event":"a.b","t":"x\\ud800y"}', '{"event":"a.c","t":"😀😀\\udc00"}']);
});

test('a frame of several MiB arrives whole', async () => {
  const event = `{"event":"a.b","t":"${'é'.repeat(4 * 1024 * 1024)}","n":12345678901234567890}`;
  const { lines } = await linesOf([asString(event)]);
  expect(lines[0] === event).toBe(true);
});

test('an event in a binary frame is an event', async () => {
  const { lines } = await linesOf([Buffer.from(asString('{"event":"a.b"}'))]);
  expect(lines).toEqual(['{"event":"a.b"}']);
});

test('invalid UTF-8 becomes U+FFFD, is emitted, counted and named', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--lifecycle']);
  await run.waitFor('stdout', /zoom_ws\.connected/);
  const broken = Buffer.concat([
    Buffer.from('{"module":"message","content":"{\\"event\\":\\"a.b\\",\\"t\\":\\"x'),
    Buffer.from([0xff, 0xc3]),
    Buffer.from('y\\"}"}'),
  ]);
  for (const { socket, wire } of zoom.clients) {
    // As text, which `ws` would not send by itself: the header of an unmasked text frame by hand.
    expect(socket.readyState).toBe(socket.OPEN);
    wire.write(Buffer.concat([Buffer.from([0x81, broken.length]), broken]));
  }
  zoom.send(LAST);
  const { stdout, stderr } = await finish(run, /test\.last/);
  expect(stdout).toContain('{"event":"a.b","t":"x\uFFFD\uFFFDy"}\n');
  expect(stderr).toMatch(/warning: .*invalid UTF-8.*a\.b/);
  expect(stderr).toMatch(/done: 2 received, 2 matched/);
});

test('U+FFFD that Zoom itself sent is no invalid UTF-8', async () => {
  const { lines, stderr } = await linesOf([asString('{"event":"a.b","t":"\uFFFD"}')]);
  expect(lines).toEqual(['{"event":"a.b","t":"\uFFFD"}']);
  expect(stderr).not.toContain('UTF-8');
});

const MALFORMED = [
  'not json',
  '',
  '[1,2]',
  'null',
  '42',
  '"text"',
  '{"module":"message","content":"{\\"event\\":"}',
  '{"module":"message","content":"[1]"}',
  '{"module":"message"}',
  '{"module":"message","content":null}',
  '{"module":"message","content":7}',
  '{"event":"cut.off","payload":{"object',
];

test('a malformed frame costs nothing but itself, and is told, a flood of them less and less often', async () => {
  const { lines, stderr } = await linesOf(MALFORMED);
  expect(lines).toEqual([]);
  expect(stderr.match(/warning: a frame could not be read/g)).toHaveLength(4);
  expect(MALFORMED).toHaveLength(12);
  expect(stderr).toMatch(/done: 1 received, 1 matched/);
  expect(stderr.match(/ready/g)).toHaveLength(1);
});

test('--lifecycle holds the text of a malformed frame', async () => {
  const { lines } = await linesOf(MALFORMED, ['--lifecycle']);
  const events = lines.map((line) => JSON.parse(line));
  expect(events[0]).toMatchObject({ event: 'zoom_ws.connected' });
  expect(events.slice(1).map(({ event, payload }) => [event, payload.object.frame])).toEqual(
    MALFORMED.map((frame) => ['zoom_ws.malformed', frame]),
  );
});

test('modules that nobody knows are passed over, and named with -v', async () => {
  const frames = ['{"module":"weather","content":"sunny"}', '{"content":"{}"}', '{"module":7}', '{"module":null}'];
  const { lines, stderr } = await linesOf(frames, ['-v']);
  expect(lines).toEqual([]);
  expect(stderr).toContain('weather');
});

const META =
  /^(.*),"_meta":(\{"id":"[0-9a-f]{16}","received_at":"[^"]+","lag_ms":[^,]+,"subscription":"[^"]+","seq":\d+\})\}$/;

test('--meta adds one key, last, with its keys in the promised order', async () => {
  const now = Date.now();
  const sent = [
    `{"event":"a.b","event_ts":${now - 5_000},"n":7290000000000000001}`,
    '{"event":"no.time"}',
    '{"event":"odd.time","event_ts":"yesterday"}',
    `{"event":"future","event_ts":${now + 3_600_000}}`,
  ];
  const { lines } = await linesOf(sent.map(asString), ['--meta']);
  expect(lines).toHaveLength(sent.length);
  for (const [index, line] of lines.entries()) {
    const [, head, meta = ''] = META.exec(line) ?? [];
    expect(`${head}}`).toBe(sent[index]);
    const { received_at, lag_ms, subscription, seq } = JSON.parse(meta);
    expect(received_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect({ subscription, seq }).toEqual({ subscription: 'SimulatedSubscription01', seq: index + 1 });
    const ts = JSON.parse(sent[index] ?? '').event_ts;
    expect(lag_ms).toBe(typeof ts === 'number' ? Date.parse(received_at) - ts : null);
  }
});

test('--meta of objects with space inside, or with nothing inside', async () => {
  const { lines } = await linesOf(['{ }', '{}', '{"event":"a.b" } '].map(asString), ['--meta', '--no-dedupe']);
  expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([['_meta'], ['_meta'], ['event', '_meta']]);
  expect(lines[2]).toMatch(/^\{"event":"a\.b" ,"_meta":\{.*\}\} $/);
});

test('seq counts what is emitted; neither repeats, nor filtered, nor lifecycle events', async () => {
  const events = ['{"event":"a.b"}', '{"event":"a.b"}', '{"event":"x.y"}', '{"event":"a.c"}'];
  const { lines } = await linesOf(events.map(asString), ['--meta', '--lifecycle', '-e', 'a.*', '-e', 'test.*']);
  expect(lines.map((line) => JSON.parse(line)).map(({ event, _meta }) => [event, _meta.seq])).toEqual([
    ['zoom_ws.connected', undefined],
    ['a.b', 1],
    ['a.c', 2],
  ]);
});

test('an id is the same on every connection and in every run, and comes from the text alone', async () => {
  const event = '{"event":"a.b","event_ts":5,"t":"é"}';
  const ids: unknown[] = [];
  for (const args of [[], ['--subscription-id', 'SimulatedSubscription02'], ['--no-dedupe']]) {
    const { lines } = await linesOf([asString(event)], ['--meta', ...args]);
    ids.push(JSON.parse(lines[0] ?? '')._meta.id);
  }
  const bare = await linesOf([event], ['--meta']);
  ids.push(JSON.parse(bare.lines[0] ?? '')._meta.id);
  expect(new Set(ids)).toEqual(new Set([createHash('sha256').update(event).digest('hex').slice(0, 16)]));
});

test('lifecycle events carry received_at only, have the shape of Zoom and no _meta without --meta', async () => {
  const plain = await linesOf([], ['--lifecycle']);
  const [connected] = plain.lines.map((line) => JSON.parse(line));
  expect(Object.keys(connected)).toEqual(['event', 'event_ts', 'payload']);
  expect(connected).toMatchObject({ event: 'zoom_ws.connected', payload: { object: {} } });
  expect(connected.event_ts).toBeTypeOf('number');
  const meta = await linesOf([], ['--lifecycle', '--meta']);
  expect(Object.keys(JSON.parse(meta.lines[0] ?? '')._meta)).toEqual(['received_at']);
});

test('disconnected and gap say code, reason and times; no filter holds them back', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--lifecycle', '-e', 'test.last', '-w', 'event=test.last']);
  await run.waitFor('stdout', /connected/);
  for (const { socket } of zoom.clients) socket.close(1011, 'out of order');
  await run.waitFor('stdout', /zoom_ws\.gap/);
  zoom.send(LAST);
  const { stdout, stderr } = await finish(run, /test\.last/);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const named = Object.fromEntries(events.map((event) => [event.event, event.payload?.object]));
  expect(named['zoom_ws.disconnected']).toMatchObject({ code: 1011, reason: expect.stringContaining('out of order') });
  const { from, to, duration_ms, reason } = named['zoom_ws.gap'];
  expect(Date.parse(to) - Date.parse(from)).toBe(duration_ms);
  expect([from, to].join()).toMatch(/^\d{4}-.*\.\d{3}Z,\d{4}-.*\.\d{3}Z$/);
  expect(reason).toBeTypeOf('string');
  expect(stderr).toMatch(/done: 1 received, 1 matched, 0 repeats, 1 gap \(/);
});

test('displaced is told as a lifecycle event before exit 4', async () => {
  const zoom = await startZoom();
  const first = await readyTail(zoom, ['--lifecycle']);
  await first.waitFor('stdout', /connected/);
  tail(zoom, []);
  const { status, stdout } = await first.done;
  expect(status).toBe(4);
  expect(stdout).toMatch(/zoom_ws\.displaced/);
  for (const line of stdout.trimEnd().split('\n')) JSON.parse(line);
});

test('-o raw writes each frame as received, control frames too, line breaks as \\n', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-o', 'raw', '--heartbeat', '100ms']);
  await run.waitFor('stdout', /"heartbeat"/);
  const frames = [
    '{"module":"weather",\r\n"content":"x\\n"}',
    'not\njson\r!',
    asString('{ "event":"a.b" }'),
    '{"event":"c.d"}',
    '',
  ];
  for (const frame of frames) zoom.sendFrame(frame);
  zoom.send(LAST);
  const { stdout } = await finish(run, /test\.last/);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .filter((line) => !line.includes('"module":"heartbeat"'));
  expect(lines[0]).toMatch(/^\{"module":"build_connection","success":true/);
  expect(lines.slice(1, 6)).toEqual([
    '{"module":"weather",\\n"content":"x\\n"}',
    'not\\njson\\n!',
    asString('{ "event":"a.b" }'),
    '{"event":"c.d"}',
    '',
  ]);
});

test('-o raw: filters, -n and repeats apply to event frames, control frames always pass', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-o', 'raw', '-e', 'a.*', '-n', '2']);
  for (const frame of ['{"event":"a.b"}', '{"event":"a.b"}', '{"event":"x.y"}', '{"module":"z"}', '{"event":"a.c"}']) {
    zoom.sendFrame(frame);
  }
  const { status, stdout } = await run.done;
  expect(status).toBe(0);
  expect(stdout.trimEnd().split('\n').slice(1)).toEqual(['{"event":"a.b"}', '{"module":"z"}', '{"event":"a.c"}']);
});

test('an exact repeat is emitted once and counted; --no-dedupe emits it', async () => {
  const frames = ['{"event":"a.b","n":1}', '{"event":"a.b","n":1}', '{"event":"a.b", "n":1}'].map(asString);
  const once = await linesOf(frames);
  expect(once.lines).toEqual(['{"event":"a.b","n":1}', '{"event":"a.b", "n":1}']);
  expect(once.stderr).toMatch(/done: 4 received, 4 matched, 1 repeat, 0 gaps/);
  const all = await linesOf(frames, ['--no-dedupe']);
  expect(all.lines).toHaveLength(3);
  expect(all.stderr).toMatch(/0 repeats/);
});

test('the same event on two subscriptions comes out once', async () => {
  const zoom = await startZoom();
  const run = tail(zoom, ['--subscription-id', 'SimulatedSubscription01,SimulatedSubscription02']);
  await run.waitFor('stderr', /ready[^\n]*\n(.*\n)*.*ready/);
  zoom.send('{"event":"a.b"}');
  zoom.send(LAST);
  await run.waitFor('stdout', /test\.last/);
  const { stdout, stderr } = await finish(run, /test\.last/);
  expect(stdout).toBe(`{"event":"a.b"}\n${LAST}\n`);
  expect(stderr).toMatch(/2 repeats|1 repeat/);
});

test('--json is -o ndjson', async () => {
  const { lines } = await linesOf([asString('{ "event":"a.b" }')], ['--json']);
  expect(lines).toEqual(['{ "event":"a.b" }']);
});

test('pretty in a pipe is one line per event, without colour', async () => {
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['-o', 'pretty', '--utc']);
  const topic = 'a\u001b[31mb\nc\u202e';
  zoom.send({ event: 'meeting.started', event_ts: Date.now(), payload: { object: { topic, id: 1 } } });
  zoom.send({ event: 'test.last' });
  const { stdout } = await finish(run, /test\.last/);
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  expect(stdout).toContain('a\\u001b[31mb\\nc\\u202e');
  expect(stdout).not.toMatch(/[\u001b\u202e]/);
});
