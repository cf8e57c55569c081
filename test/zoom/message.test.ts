import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMessage } from '../../src/zoom/message.ts';

const EVENT = '{"event":"meeting.started","event_ts":1706123456789,"payload":{"object":{"id":"1"}}}';
const inString = (content: string): string => JSON.stringify({ module: 'message', content, header: {} });
const inObject = (content: string): string => `{"module":"message","content":${content},"header":{}}`;

test.each([
  ['a string, as Zoom sends it', inString(EVENT), EVENT],
  ['an object', inObject(EVENT), EVENT],
  ['bare', EVENT, EVENT],
  [
    'a message with the event beside it',
    EVENT.replace('{', '{"module":"message",'),
    EVENT.replace('{', '{"module":"message",'),
  ],
  ['spaced as it likes', inString('{ "event" : "a.b" , "n" : 1.50 }'), '{ "event" : "a.b" , "n" : 1.50 }'],
  ['on many lines', inString('{\n  "event": "a.b",\r\n  "n": 1\n}\n'), '{  "event": "a.b",  "n": 1}'],
  ['an object on many lines', '{"module":"message","content":{\n"event":"a.b"\n}}', '{"event":"a.b"}'],
  ['with line breaks in its text', inString('{"event":"a","t":"x\\ny"}'), '{"event":"a","t":"x\\ny"}'],
  [
    'with numbers beyond 2^53',
    inString('{"event":"a","id":9223372036854775807}'),
    '{"event":"a","id":9223372036854775807}',
  ],
  ['with numbers spelt oddly', inObject('{"event":"a","n":[1.0,-0,1e5,0.10]}'), '{"event":"a","n":[1.0,-0,1e5,0.10]}'],
  ['with the same key twice', inString('{"event":"a","x":1,"x":2}'), '{"event":"a","x":1,"x":2}'],
  [
    'content twice: the last one counts',
    `{"module":"message","content":"{}","content":${JSON.stringify(EVENT)}}`,
    EVENT,
  ],
  ['with line separators of Unicode', inString('{"event":"a","t":"\u2028\u2029"}'), '{"event":"a","t":"\u2028\u2029"}'],
  ['with half a surrogate pair', inObject('{"event":"a","t":"\ud83d"}'), '{"event":"a","t":"\\ud83d"}'],
  ['with an escaped half', inString('{"event":"a","t":"\\ud83d"}'), '{"event":"a","t":"\\ud83d"}'],
  [
    'with a half that only the outer escape hides',
    '{"module":"message","content":"{\\"event\\":\\"a\\",\\"t\\":\\"\\ud83d\\"}"}',
    '{"event":"a","t":"\\ud83d"}',
  ],
  ['without a type', inString('{"payload":{}}'), '{"payload":{}}'],
  ['an empty one', inString('{}'), '{}'],
  [
    'with a chat message that says so',
    inString('{"event":"c","t":"Connected in another place"}'),
    '{"event":"c","t":"Connected in another place"}',
  ],
  [
    'an object with a chat message that says so',
    inObject('{"event":"c","t":"Connected in another place"}'),
    '{"event":"c","t":"Connected in another place"}',
  ],
  [
    'a bare one with a chat message that says so',
    '{"event":"c","t":"Connected in another place"}',
    '{"event":"c","t":"Connected in another place"}',
  ],
  [
    'with success:false beside it',
    '{"module":"message","success":false,"content":"{\\"event\\":\\"a\\"}"}',
    '{"event":"a"}',
  ],
])('an event, %s', (_, frame, raw) => {
  expect(parseMessage(frame)).toMatchObject({ kind: 'event', raw });
});

test.each([
  ['{"module":"build_connection","success":true,"content":"connected","header":{}}', { kind: 'accepted' }],
  ['{"success":true,"module":"build_connection"}', { kind: 'accepted' }],
  ['{"module":"build_connection","success":"true"}', { kind: 'accepted' }],
  [
    '{"module":"build_connection","success":false,"content":"token is empty"}',
    { kind: 'refused', why: 'token is empty' },
  ],
  [
    '{"module":"build_connection","success":false,"content":"Token is invalid"}',
    { kind: 'refused', why: 'Token is invalid' },
  ],
  ['{"module":"build_connection"}', { kind: 'refused', why: '{"module":"build_connection"}' }],
  ['{"module":"build_connection","success":1}', { kind: 'refused' }],
  ['{"module":"build_connection","success":null,"content":{"code":1}}', { kind: 'refused' }],
  ['{"module":"heartbeat","success":true,"content":"live","header":{}}', { kind: 'heartbeat' }],
  ['{"module":"heartbeat","success":false,"content":"?"}', { kind: 'heartbeat' }],
  ['{"module":"weather","content":"sunny"}', { kind: 'unknown', module: 'weather' }],
  ['{"module":17}', { kind: 'unknown', module: '' }],
  ['{}', { kind: 'unknown', module: '' }],
  ['{"event":17}', { kind: 'unknown', module: '' }],
  [
    '{"module":"build_connection","success":false,"content":"Connected in another place"}',
    { kind: 'displaced', why: 'Connected in another place' },
  ],
  ['{"module":"build_connection","success":true,"content":"connected in another PLACE."}', { kind: 'displaced' }],
  [
    '{"module":"build_connection","success":false,"content":{"reason":"Connected in another place"}}',
    { kind: 'displaced' },
  ],
  ['{"module":"close","success":false,"message":"Connected in another place"}', { kind: 'displaced' }],
  ['{"module":"kicked","content":"Connected in another place"}', { kind: 'displaced' }],
  ['{"module":"message","content":"Connected in another place"}', { kind: 'displaced' }],
  ['{"content":"Connected in another place"}', { kind: 'displaced' }],
  ['Connected in another place', { kind: 'displaced', why: 'Connected in another place' }],
  ['', { kind: 'malformed' }],
  ['null', { kind: 'malformed' }],
  ['[{"event":"a"}]', { kind: 'malformed' }],
  ['"Connected"', { kind: 'malformed' }],
  ['{"module":"message"}', { kind: 'malformed' }],
  ['{"module":"message","content":null}', { kind: 'malformed' }],
  ['{"module":"message","content":[]}', { kind: 'malformed' }],
  ['{"module":"message","content":""}', { kind: 'malformed' }],
  ['{"module":"message","content":"17"}', { kind: 'malformed' }],
  ['{"module":"message","content":"[{}]"}', { kind: 'malformed' }],
  ['{"module":"message","content":"{\\"event\\":"}', { kind: 'malformed' }],
  ['{"module":"message","content":"{\\"t\\":\\"Connected in another place', { kind: 'malformed' }],
  ['<html>502</html>', { kind: 'malformed' }],
])('%s', (frame, message) => {
  expect(parseMessage(frame)).toMatchObject(message);
});

const events = fc
  .tuple(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.string({ unit: 'binary' }))
  .map(([rest, type]) => ({ ...rest, event: type }));

test('what is emitted says what was sent, on one line, well-formed', () => {
  fc.assert(
    fc.property(
      events,
      fc.constantFrom(0, 2, '\t'),
      fc.constantFrom('string', 'object', 'bare'),
      (event, space, form) => {
        const text = JSON.stringify(event, undefined, space);
        const frame = form === 'string' ? inString(text) : form === 'object' ? inObject(text) : text;
        const message = parseMessage(frame);
        if (form === 'bare' && 'module' in event) return;
        if (message.kind !== 'event') throw new Error(`${message.kind}: ${frame}`);
        expect(JSON.parse(message.raw)).toEqual(JSON.parse(text));
        expect(message.type).toBe(event.event);
        expect(message.raw).not.toMatch(/[\r\n]/);
        expect(message.raw.isWellFormed()).toBe(true);
        expect(message.raw).toBe(text.replace(/[\r\n]/g, ''));
      },
    ),
    { numRuns: 500 },
  );
});

test('never throws, whatever comes', () => {
  const cutOff = fc.tuple(events, fc.nat(), fc.nat()).map(([event, from, to]) => {
    const frame = inString(JSON.stringify(event));
    return frame.slice(from % frame.length, to % frame.length);
  });
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    cutOff,
    fc.jsonValue().map((value) => JSON.stringify({ module: 'message', content: value })),
  );
  fc.assert(
    fc.property(odd, (text) => {
      expect(parseMessage(text)).toHaveProperty('kind');
    }),
    { numRuns: 1_000 },
  );
});

test('takes frames of many megabytes and of any depth', () => {
  const large = `{"event":"a","t":"${'\\u00e9'.repeat(4_000_000)}"}`;
  expect(parseMessage(inString(large))).toMatchObject({ kind: 'event', type: 'a' });
  const deep = `{"event":"a","t":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  expect(parseMessage(inString(deep)).kind).toMatch(/event|malformed/);
  expect(parseMessage(inObject(deep)).kind).toMatch(/event|malformed/);
});

const levels = (count: number) => '['.repeat(count) + ']'.repeat(count);

test.each([
  ['the frame', levels(6_000)],
  ['the frame, without an end', '['.repeat(100_000)],
  ['a field of an event', `{"event":"a","payload":${levels(6_000)}}`],
  ['an event in a string', inString(`{"event":"a","payload":${levels(6_000)}}`)],
  ['an event in an object', inObject(`{"event":"a","payload":${levels(6_000)}}`)],
])('does not read what is nested too deeply: %s', (_, frame) => {
  expect(parseMessage(frame)).toEqual({ kind: 'malformed', why: 'too many brackets, or nested too deeply' });
});

test('reads what is nested as deeply as no event is', () => {
  expect(parseMessage(inString(`{"event":"a","payload":${levels(4_900)}}`))).toMatchObject({
    kind: 'event',
    type: 'a',
  });
});
