import { open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { LARGEST_FRAME } from '../../src/event/largest-frame.ts';
import { createNdjson } from '../../src/format/ndjson.ts';
import { LONGEST_LINE } from '../../src/recording/long-line.ts';
import { readFile } from '../../src/recording/read-file.ts';
import { readRecording } from '../../src/recording/read-recording.ts';

type Read = { arrivals: Arrival[]; damage: { line: number | undefined; why: string }[]; events: number };

const read = async (bytes: Buffer | string, size = 7, wants?: (type: string) => boolean): Promise<Read> => {
  const all = Buffer.from(bytes as string);
  async function* chunks() {
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
  }
  const arrivals: Arrival[] = [];
  const damage: Read['damage'] = [];
  const counts = { events: 0, damaged: 0 };
  const onDamage = ({ line, why }: { line: number | undefined; why: string }) => damage.push({ line, why });
  for await (const batch of readRecording({ name: 'x' }, chunks(), { wants, onDamage, counts }))
    arrivals.push(...batch);
  expect(counts.damaged).toBe(damage.filter(({ line }) => line !== undefined).length);
  return { arrivals, damage, events: counts.events };
};

const raws = ({ arrivals }: Read) => arrivals.map((arrival) => (arrival.kind === 'control' ? '' : arrival.raw));

const META =
  '{"id":"0123456789abcdef","received_at":"2026-11-22T01:42:00.123Z","lag_ms":12,"subscription":"s-1","seq":7}';

const ndjson = createNdjson({ meta: true });
const recorded = (raw: string, seq = 1): string =>
  ndjson.event({ kind: 'event', raw, type: '', receivedAt: 1_700_000_000_123, subscription: 'sub' }, seq);

/** Zoom's text of an event, with white space, unicode, `_meta` and quotes in places where they could be mistaken. */
const zoomText = fc
  .record({
    event: fc.oneof(fc.constantFrom('meeting.started', 'user.updated'), fc.string()),
    payload: fc.oneof(
      fc.json().map((text): unknown => JSON.parse(text)),
      fc.constant({ _meta: JSON.parse(META) }),
    ),
    first: fc.boolean(),
    extra: fc.constantFrom('', 'plain', '"_meta":{"id":"0123456789abcdef"', ',"_meta":{}}', '日本😀', '\\"'),
    space: fc.constantFrom('', ' ', '\t'),
  })
  .map(({ event, payload, first, extra, space }) => {
    const parts = [
      `"event":${space}${JSON.stringify(event)}`,
      `"event_ts":1700000000000`,
      `"payload":${JSON.stringify(payload)}`,
    ];
    if (!first) parts.reverse();
    if (extra !== '') parts.push(`"extra":${JSON.stringify(extra)}`);
    return `${space}{${parts.join(`${space},`)}${space}}${space}`;
  });

test('gives back byte for byte what Zoom sent, whatever the cut of the blocks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(zoomText, { maxLength: 6 }), fc.integer({ min: 1, max: 400 }), async (texts, size) => {
      const file = texts.map((text, index) => `${recorded(text, index + 1)}\n`).join('');
      const result = await read(file, size);
      expect(result.damage).toEqual([]);
      expect(raws(result)).toEqual(texts);
      expect(result.events).toBe(
        texts.filter((text) => !(JSON.parse(text).event as string).startsWith('zoom_ws.')).length,
      );
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['plain events, without _meta', '{"event":"a.b","payload":{}}'],
  ['an event with a _meta of its own that is no recorder’s', '{"event":"a.b","_meta":{"v":1}}'],
  ['a _meta that is not the last key', `{"event":"a.b","_meta":${META},"payload":{}}`],
  ['a _meta deeper in', `{"event":"a.b","payload":{"_meta":${META}}}`],
  ['a _meta that is no object', '{"event":"a.b","_meta":"received_at"}'],
  ['a text that only looks like _meta', String.raw`{"event":"a.b","x":",\"_meta\":{\"id\":\"0123456789abcdef\"}}"}`],
])('leaves %s as it is', async (_name, text) => {
  expect(raws(await read(`${text}\n`))).toEqual([text]);
});

test('keeps the recorded _meta and what it says', async () => {
  const { arrivals } = await read(`{"event":"a.b","payload":{},"_meta":${META}}\n`);
  expect(arrivals).toMatchObject([
    {
      kind: 'event',
      raw: '{"event":"a.b","payload":{}}',
      type: 'a.b',
      receivedAt: Date.parse('2026-11-22T01:42:00.123Z'),
      subscription: 's-1',
      meta: META,
    },
  ]);
});

test('takes off a _meta that another program wrote again with spaces', async () => {
  const line = '{"event": "a.b", "payload": {}, "_meta": {"received_at": "2026-11-22T01:42:00Z", "id": "x"}}';
  expect((await read(line)).arrivals).toMatchObject([
    { raw: '{"event": "a.b", "payload": {}}', receivedAt: Date.parse('2026-11-22T01:42:00Z') },
  ]);
});

test('takes off the _meta of an event without keys', async () => {
  expect(raws(await read(`{"_meta":${META}}\n`))).toEqual(['{}']);
});

test('gives our own events as lifecycle, also where no type is wanted', async () => {
  const line = '{"event":"zoom_ws.gap","payload":{"object":{}},"_meta":{"received_at":"2026-11-22T01:42:00.123Z"}}\n';
  expect((await read(line, 9, () => false)).arrivals).toEqual([
    {
      kind: 'lifecycle',
      type: 'zoom_ws.gap',
      raw: '{"event":"zoom_ws.gap","payload":{"object":{}}}',
      receivedAt: Date.parse('2026-11-22T01:42:00.123Z'),
    },
  ]);
});

test.each([
  ['first', '{"event":"meeting.ended","payload":{}}'],
  ['last', '{"payload":{},"event":"meeting.ended"}'],
  ['after a space', '{ "event" : "meeting.ended"}'],
  ['spelt with an escape', String.raw`{"event":"meeting\u002eended"}`],
  ['under a key with an escape', String.raw`{"\u0065vent":"meeting.ended"}`],
  ['twice, the later one winning', '{"event":"user.updated","event":"meeting.ended"}'],
])('finds the type that stands %s', async (_name, text) => {
  const { arrivals, events } = await read(
    `{"event":"user.deleted","payload":{"a":1}}\n${text}\n`,
    9,
    (type) => type === 'meeting.ended',
  );
  expect(arrivals).toMatchObject([{ type: 'meeting.ended', raw: text }]);
  expect(events).toBe(2);
});

test.each(['meeting.ended', '日本.é', 'a"b', 'back\\slash'])(
  'finds the type %s beside text that is not ASCII',
  async (name) => {
    const wanted = `{"event":${JSON.stringify(name)},"payload":{"topic":"😀"}}`;
    const { arrivals } = await read(
      `{"event":"user.deleted","payload":{"topic":"日本"}}\n${wanted}\n`,
      99,
      (type) => type === name,
    );
    expect(arrivals).toMatchObject([{ type: name, raw: wanted }]);
  },
);

test('an event that names no type is one all the same', async () => {
  expect((await read('{"payload":{}}\n{"event":5}\n')).arrivals).toMatchObject([{ type: '' }, { type: '' }]);
});

const GOOD = '{"event":"a.b","payload":{"n":1}}';

test.each([
  ['cut off in the middle of the file', `${GOOD}\n{"event":"a.b","pay\n${GOOD}\n`, [2], 2],
  ['cut off at the end', `${GOOD}\n${GOOD.slice(0, -1)}`, [2], 1],
  ['two in one', `${GOOD}\n${GOOD}${GOOD}\n`, [2], 1],
  ['interleaved with another', `{"event":"a.b","pay${GOOD}\n${GOOD}\n`, [1], 1],
  ['no JSON at all', `hello\n${GOOD}\n`, [1], 1],
  ['JSON, but no object', `[1]\n5\n"x"\nnull\n${GOOD}\n`, [1, 2, 3, 4], 1],
  ['zero bytes', `${GOOD}\n\0\0\0\0\n${GOOD}\n`, [2], 2],
])('tells the line that is %s, and reads the rest', async (_name, file, lines, good) => {
  for (const wants of [undefined, (type: string) => type !== 'none']) {
    const { damage, arrivals } = await read(file, 11, wants);
    expect(damage.map(({ line }) => line)).toEqual(lines);
    expect(arrivals).toHaveLength(good);
  }
});

test.each([
  ['cut off', '{"event":"a.b","payload":{"n":1}'],
  ['cut off early', '{"event":"a.'],
  ['holding two events', `{"event":"a.b","pay${GOOD}`],
])('tells a line that is %s although its type is not wanted', async (_name, line) => {
  const { damage } = await read(`${GOOD}\n${line}\n${GOOD}\n`, 11, () => false);
  expect(damage.map((each) => each.line)).toEqual([2]);
});

test('tells a line that is not UTF-8, and reads the lines beside it', async () => {
  const file = Buffer.concat([
    Buffer.from(`${GOOD}\n{"event":"a.b","x":"`),
    Buffer.of(0xff, 0xfe),
    Buffer.from(`"}\n${GOOD}\n`),
  ]);
  const { damage, arrivals } = await read(file);
  expect(damage).toEqual([{ line: 2, why: 'not valid UTF-8' }]);
  expect(arrivals).toHaveLength(2);
});

test('reads a last line without its line feed', async () => {
  expect(raws(await read(`${GOOD}\n${GOOD}`))).toEqual([GOOD, GOOD]);
});

test('reads CRLF, blank lines and a byte order mark', async () => {
  const { arrivals, damage } = await read(`\uFEFF${GOOD}\r\n\r\n  \n\uFEFF${recorded(GOOD)}\r\n`);
  expect(damage).toEqual([]);
  expect(arrivals).toMatchObject([{ raw: GOOD }, { raw: GOOD }]);
});

test.each(['utf16le', 'utf16be'])('reads %s, with and without its mark', async (encoding) => {
  const encode = (text: string) => {
    const bytes = Buffer.from(text, 'utf16le');
    return encoding === 'utf16le' ? bytes : bytes.swap16();
  };
  const text = `{"event":"a.b","topic":"日本 😀"}`;
  expect(raws(await read(encode(`\uFEFF${text}\r\n${text}\r\n`)))).toEqual([text, text]);
  expect(raws(await read(encode(`${text}\n`)))).toEqual([text]);
});

test.each(['', '\n', '\r\n', ' ', '\uFEFF', 'x'.slice(1)])(
  'an empty file (%j) has no events and no damage',
  async (text) => {
    expect(await read(text)).toEqual({ arrivals: [], damage: [], events: 0 });
  },
);

test('passes over a line longer than any event, in bounded memory, and tells it', async () => {
  const long = Buffer.alloc(LONGEST_LINE + 10, 0x61);
  const file = Buffer.concat([Buffer.from(`${GOOD}\n`), long, Buffer.from(`\n${GOOD}\n`)]);
  const { damage, arrivals } = await read(file, 2 ** 16);
  expect(damage).toEqual([{ line: 2, why: 'longer than any event' }]);
  expect(arrivals).toHaveLength(2);
});

test('reads the longest event that can be received, with its _meta', async () => {
  const [head, tail] = ['{"event":"a.b","x":"', '"}'];
  const text = `${head}${'y'.repeat(LARGEST_FRAME - head.length - tail.length)}${tail}`;
  const line = `${text.slice(0, -1)},"_meta":${META}}`;
  const { arrivals, damage } = await read(gzipSync(`${line}\n${GOOD}\n`, { level: 1 }), 2 ** 20);
  expect(damage).toEqual([]);
  const [long, good] = raws({ arrivals, damage, events: 2 });
  expect(long === text).toBe(true);
  expect(good).toBe(GOOD);
});

test.runIf(process.platform === 'linux')('a read that fails in the middle is told, naming the recording', async () => {
  const handle = await open('/proc/self/mem', 'r');
  const options = { onDamage: () => {}, counts: { events: 0, damaged: 0 } };
  const all = async () => {
    for await (const _ of readRecording({ name: 'day' }, readFile(handle, 1024), options));
  };
  await expect(all()).rejects.toMatchObject({
    code: 'damaged',
    message: 'The recording "day" cannot be read on: the disk, or what stands behind the file, failed (EIO).',
  });
  await handle.close();
});

test('reads a line longer than a block', async () => {
  const text = `{"event":"a.b","x":"${'y'.repeat(300_000)}"}`;
  expect(raws(await read(`${GOOD}\n${text}\n${GOOD}\n`, 2 ** 17))).toEqual([GOOD, text, GOOD]);
});

test.each([1, 5, 2 ** 16])('reads gzip members one after the other, in pieces of %i', async (size) => {
  const file = Buffer.concat([
    gzipSync(`${GOOD}\n`),
    gzipSync(''),
    gzipSync(`${GOOD}\n{"eve`),
    gzipSync(`nt":"c.d"}\n`),
  ]);
  const result = await read(file, size);
  expect(result.damage).toEqual([]);
  expect(raws(result)).toEqual([GOOD, GOOD, '{"event":"c.d"}']);
});
