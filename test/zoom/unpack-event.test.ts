import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../src/zoom/message.ts';
import { createUnpacker } from '../../src/zoom/unpack-event.ts';

/** What the way for all frames says of one, as far as the short way could say it. */
const theLongWay = (frame: Buffer) => {
  const message = parseMessage(frame.toString());
  return message.kind === 'event' ? { raw: message.raw, type: message.type } : message.kind;
};

const unpacker = createUnpacker();
/** Undefined where the short way does not know. */
const theShortWay = (frame: Buffer) => {
  const event = unpacker(frame);
  if (!event) return undefined;
  const { arena, start, end } = event.text;
  expect(arena[end]).toBe(0x0a);
  return { raw: arena.toString('utf8', start, end), type: event.type };
};

const frameOf = (content: string, tail = ',"header":{}}'): Buffer =>
  Buffer.from(`{"module":"message","content":${JSON.stringify(content)}${tail}`);

const EVENT =
  '{"event":"meeting.started","event_ts":1706123456789,"payload":{"object":{"topic":"Ünï \\"q\\" \\u00e9"}}}';

test.each([
  ['an event as Zoom sends it', frameOf(EVENT)],
  ['an event whose first key is another', frameOf('{"payload":{"event":"x"},"event":"user.updated"}')],
  ['an event without a name', frameOf('{"payload":null,"event":7}')],
  ['every kind of value', frameOf('{"a":[1,-0,2.5e-3,[],{}],"b":[true,false,null],"c":"\\n\\t\\/\\\\\\b\\f\\r"}')],
  ['blanks between tokens', frameOf(' {"event" : "a.b" , "payload" : { } } ')],
  [
    'slashes that are escaped outside, inside and both',
    Buffer.from(frameOf('{"a":"/","b":"\\/"}').toString().replaceAll('/', '\\/')),
  ],
  ['no header', frameOf(EVENT, '}')],
  ['a header that says something', frameOf(EVENT, ',"header":{"x-id":"1"}}')],
  ['a large event', frameOf(`{"event":"a","payload":"${'é'.repeat(100_000)}"}`)],
])('the short way knows %s', (_what, frame) => {
  expect(theShortWay(frame)).toEqual(theLongWay(frame));
});

test.each([
  ['an event named twice', frameOf('{"event":"a","event":"b"}')],
  ['an event key in escapes', frameOf('{"\\u0065vent":"a"}')],
  ['a name in escapes', frameOf('{"event":"meeting\\u002estarted"}')],
  ['line breaks between tokens', frameOf('{\n"event":"a"}')],
  ['a lone surrogate', Buffer.from('{"module":"message","content":"{\\"event\\":\\"\\ud800\\"}"}')],
  ['deep nesting', frameOf(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`)],
  ['a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), frameOf(EVENT)])],
  ['a second content', frameOf(EVENT, ',"content":"{}"}')],
  ['a second module', frameOf(EVENT, ',"module":"heartbeat"}')],
  ['a second module in escapes', frameOf(EVENT, ',"\\u006dodule":"heartbeat"}')],
  ['invalid UTF-8', Buffer.from(frameOf('{"event":"Zoé"}').toString('latin1'), 'latin1').fill(0xff, 44, 45)],
  ['content that is an object', Buffer.from('{"module":"message","content":{"event":"a"}}')],
  ['content that is an array', frameOf('["event"]')],
  ['content that is a string', frameOf('"event"')],
  ['content that ends early', frameOf('{"event":"a"')],
  ['content that goes on', frameOf('{"event":"a"}}')],
  ['a comma too many', frameOf('{"event":"a",}')],
  ['a number with a leading zero', frameOf('{"event":01}')],
  ['a frame that ends early', frameOf(EVENT).subarray(0, -1)],
  ['a frame that goes on', Buffer.concat([frameOf(EVENT), Buffer.from('}')])],
  ['a comma behind the content', frameOf(EVENT, ',}')],
  ['a brace for the comma', frameOf(EVENT, '{"header":{}}')],
  ['a heartbeat', Buffer.from('{"module":"heartbeat","success":true,"content":"live","header":{}}')],
  ['an empty frame', Buffer.alloc(0)],
])('the short way leaves %s to the way for all frames', (_what, frame) => {
  expect(theShortWay(frame)).toBeUndefined();
});

test('one unpacker remembers the names of types, and never takes one for another', () => {
  const types = ['a', 'b', '', 'meeting.started', 'meeting.ended', 'é', 'Aa', 'BB'];
  for (const type of [...types, ...types]) expect(theShortWay(frameOf(`{"event":"${type}"}`))?.type).toBe(type);
});

test('texts that follow each other stand side by side, each with its line break', () => {
  const unpack = createUnpacker();
  const first = unpack(frameOf(EVENT))?.text;
  const second = unpack(frameOf(EVENT))?.text;
  expect(second?.arena).toBe(first?.arena);
  expect(second?.start).toBe((first?.end ?? 0) + 1);
});

describe('for any frame the short way says what the way for all frames says, or nothing', () => {
  const runs = Number(process.env.PROPERTY_RUNS ?? 2_000);
  const agree = (frame: Buffer) => {
    const short = theShortWay(frame);
    if (short !== undefined) expect(short).toEqual(theLongWay(frame));
    return short !== undefined;
  };

  const name = fc.oneof(
    fc.constantFrom('event', 'event_ts', 'payload', '__proto__', 'evenr', '\u0065vent'),
    fc.string({ unit: 'binary' }),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('true', 'false', 'null', '0', '-0', '1e5', '1E+5', '-12.50', '12345678901234567890', '""'),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
      fc.array(tie('value') as fc.Arbitrary<string>, { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      tie('object') as fc.Arbitrary<string>,
    ),
    object: fc
      .array(fc.tuple(name, tie('value') as fc.Arbitrary<string>), { maxLength: 5 })
      .map((members) => `{${members.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`),
  }));
  const { object } = fc.letrec(() => ({
    object: fc
      .tuple(
        fc.array(fc.tuple(name, value as fc.Arbitrary<string>), { maxLength: 5 }),
        fc.constantFrom('', ' ', '\n', '\t'),
      )
      .map(
        ([members, space]) =>
          `{${members.map(([key, text]) => `${JSON.stringify(key)}${space}:${space}${text}`).join(`,${space}`)}}`,
      ),
  }));
  const tail = fc.constantFrom(
    ',"header":{}}',
    '}',
    ',"header":{"a":[1]}}',
    ' , "header":{}}',
    ',"content":"x"}',
    ',"event":"x"}',
  );

  test('for objects of any content', () => {
    let known = 0;
    fc.assert(
      fc.property(object, tail, (content, end) => {
        if (agree(frameOf(content, end))) known += 1;
      }),
      { numRuns: runs },
    );
    // Else nothing would have been compared.
    expect(known).toBeGreaterThan(runs / 10);
  });

  test('for usual frames in which any bytes are replaced, taken out or put in', () => {
    const pieces = fc.constantFrom(
      '"',
      '\\',
      '\\"',
      '\\\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      ' ',
      '\n',
      '0',
      '-',
      'e',
      'u',
      '\u0000',
      'é',
      '\uFEFF',
      'event',
    );
    const patch = fc.tuple(
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.oneof(
        pieces.map(Buffer.from),
        fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
      ),
    );
    const event = fc.constantFrom(EVENT, '{"event":"a","b":[1,2.5,{"c":"\\u00e9\\\\"}],"d":null}');
    fc.assert(
      fc.property(event, fc.array(patch, { minLength: 1, maxLength: 3 }), (text, patches) => {
        let frame = frameOf(text);
        for (const [place, length, bytes] of patches) {
          const at = place % frame.length;
          frame = Buffer.concat([frame.subarray(0, at), bytes, frame.subarray(at + length)]);
        }
        agree(frame);
      }),
      { numRuns: runs * 10 },
    );
  });
});
