import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedEvent } from '../../../src/event/packed-event.ts';
import { compileKeep, parseCondition, parseEventPatterns, parseMeeting } from '../../../src/flow/match/index.ts';
import { compileLinear } from '../../../src/flow/match/linear/index.ts';

const NOTHING = { event: [], meeting: [], where: [] };

/** Asks of a string and of bytes that stand somewhere in a larger arena: both must say the same. */
const keepsBoth = (keep: ReturnType<typeof compileKeep>, type: string, raw: string): boolean => {
  const before = Buffer.from('{"event":"other","topic":"x"}\n');
  const arena = Buffer.concat([before, Buffer.from(`${raw}\n`), before]);
  const end = before.length + Buffer.byteLength(raw);
  const ofString = keep.keeps({ type, raw });
  const ofBytes = keep.keeps(new PackedEvent({ arena, start: before.length, end }, type, undefined, ''));
  expect(ofBytes, raw).toBe(ofString);
  return ofBytes;
};

const holds = (condition: string, object: string, rest = ''): boolean =>
  keepsBoth(
    compileKeep({ ...NOTHING, where: [parseCondition(condition)] }, compileLinear),
    'meeting.started',
    `{"event":"meeting.started","event_ts":1706123456789,"payload":{"account_id":"acc","object":${object}}${rest}}`,
  );

test.each([
  ['id=123', '{"id":"123"}', true],
  ['id=123', '{"id":123}', true],
  ['id=123', '{"id":123.0}', true],
  ['id=123', '{"id":"1234"}', false],
  ['id=1230', '{"id":1.23e3}', true],
  ['id=7187654321098765433', '{"id":7187654321098765433}', true],
  ['id=7187654321098765433', '{"id":7187654321098765432}', false],
  ['id=7187654321098765433', '{"id":"7187654321098765433"}', true],
  ['id!=7187654321098765433', '{"id":7187654321098765432}', true],
  ['id>7187654321098765432', '{"id":7187654321098765433}', true],
  ['id>7187654321098765433', '{"id":7187654321098765433}', false],
  ['id>=7187654321098765433', '{"id":7187654321098765433}', true],
  ['id~433$', '{"id":7187654321098765433}', true],
  ['id=0.10000000000000001', '{"id":0.1}', false],
  ['id~^0\\.50$', '{"id":0.50}', true],
  ['id=007', '{"id":7}', false],
  ['id=007', '{"id":"007"}', true],
  ['id=7', '{"id":"007"}', false],
  ['duration>9', '{"duration":"10"}', true],
  ['duration>9', '{"duration":10}', true],
  ['duration<-1', '{"duration":-2}', true],
  ['duration<abc', '{"duration":5}', false],
  ['duration>abc', '{"duration":5}', false],
  ['start_time>2026-11-22T10:00:00Z', '{"start_time":"2026-11-22T10:42:00Z"}', true],
  ['start_time>2026', '{"start_time":"2026-11-22T10:42:00Z"}', true],
  ['start_time<2026-11-22T10:00:00Z', '{"start_time":"2026-11-22T10:42:00Z"}', false],
  ['topic>\uFF01', '{"topic":"💥"}', true],
  ['topic=', '{"topic":""}', true],
  ['topic=', '{"topic":"a"}', false],
  ['topic=', '{}', false],
  ['topic!=', '{"topic":"a"}', true],
  ['topic', '{"topic":null}', true],
  ['topic', '{"topic":""}', true],
  ['topic', '{"topic":{}}', true],
  ['topic', '{}', false],
  ['!topic', '{"topic":null}', false],
  ['!topic', '{}', true],
  ['topic=null', '{"topic":null}', true],
  ['topic=null', '{"topic":"null"}', true],
  ['topic=null', '{}', false],
  ['on=true', '{"on":true}', true],
  ['on=true', '{"on":"true"}', true],
  ['on=true', '{"on":1}', false],
  ['on=false', '{"on":false}', true],
  ['on!=true', '{"on":false}', true],
  ['on>a', '{"on":true}', false],
  ['end_time>2026', '{"end_time":null}', false],
  ['topic!=a', '{}', true],
  ['topic!~a', '{}', true],
  ['topic~a', '{}', false],
  ['topic<a', '{}', false],
  ['topic<=a', '{}', false],
  ['topic>a', '{}', false],
  ['topic>=a', '{}', false],
  ['topic~^Stand', '{"topic":"Standup"}', true],
  ['topic!~^Stand', '{"topic":"Standup"}', false],
  ['participant.email~@acme\\.com$', '{"participant":{"email":"jo@acme.com"}}', true],
  ['participant.email~@acme\\.com$', '{"participant":{"email":"jo@acme.com.evil"}}', false],
  ['participant.email', '{"participant":"jo"}', false],
  ['files[].type=MP4', '{"files":[{"type":"CHAT"},{"type":"MP4"}]}', true],
  ['files[].type!=MP4', '{"files":[{"type":"CHAT"},{"type":"MP4"}]}', false],
  ['files[].type!=M4A', '{"files":[{"type":"CHAT"},{"type":"MP4"}]}', true],
  ['files[].type!~^M', '{"files":[{"type":"CHAT"},{"type":"MP4"}]}', false],
  ['files[].type!~^X', '{"files":[{"type":"CHAT"}]}', true],
  ['files[].size>5', '{"files":[{"size":1},{"size":9}]}', true],
  ['files[]', '{"files":[]}', false],
  ['!files[]', '{"files":[]}', true],
  ['files', '{"files":[]}', true],
  ['files[]=a', '{"files":[]}', false],
  ['files[]!=a', '{"files":[]}', true],
  ['files[]!~a', '{"files":[]}', true],
  ['files[]', '{"files":[null]}', true],
  ['files[]=b', '{"files":["a","b"]}', true],
  ['grid[][]=4', '{"grid":[[1,2],[3,4]]}', true],
  ['files[]', '{"files":{"a":1}}', false],
  ['files.0', '{"files":["a"]}', false],
  ['files.length', '{"files":["a"]}', false],
  ['constructor', '{}', false],
  ['__proto__', '{}', false],
  ['__proto__=1', '{"__proto__":1}', true],
  ['event=meeting.started', '{}', true],
  ['event~^meeting', '{}', true],
  ['event_ts>1706123456788', '{}', true],
  ['event_ts=1706123456789', '{}', true],
  ['payload.account_id=acc', '{}', true],
  ['payload.object', '{}', true],
  ['account_id', '{}', false],
  ['s=1', '{"s":"1","big":12345678901234567890}', true],
  ['a.b=s1', '{"a":{"b":"s1"},"big":12345678901234567890}', true],
  ['on=true', '{"on":true,"t":"a\\"b\\\\","x":-1.5e-3}', true],
])('%s on %s: %s', (condition, object, expected) => {
  expect(holds(condition, object)).toBe(expected);
});

test('parses nothing where the name alone decides', () => {
  const keep = compileKeep({
    event: [parseEventPatterns('user')],
    meeting: [],
    where: [parseCondition('event=user.created')],
  });
  const unreadable = { type: 'user.created', raw: 'this is no JSON' };
  expect(keep.keeps(unreadable)).toBe(true);
  expect(keep.keeps({ ...unreadable, type: 'meeting.started' })).toBe(false);
});

test('counts what passed each filter, in the order they are applied', () => {
  const keep = compileKeep({
    event: [parseEventPatterns('meeting,!meeting.ended'), parseEventPatterns('user')],
    where: [parseCondition('topic=a'), parseCondition('duration>1')],
    meeting: [parseMeeting('123 4567 8901')],
  });
  const event = (type: string, object: object) => ({ type, raw: JSON.stringify({ event: type, payload: { object } }) });
  keep.keeps(event('meeting.started', { id: 12345678901, topic: 'a', duration: 2 }));
  keep.keeps(event('meeting.started', { id: 12345678901, topic: 'a', duration: 1 }));
  keep.keeps(event('meeting.started', { id: 12345678901, topic: 'b', duration: 2 }));
  keep.keeps(event('meeting.started', { id: 12345678902, topic: 'a', duration: 2 }));
  keep.keeps(event('meeting.ended', { id: 12345678901 }));
  expect(keep.tally()).toEqual([
    { filter: '--event meeting,!meeting.ended,user', passed: 4 },
    { filter: '--meeting 123 4567 8901', passed: 3 },
    { filter: '--where topic=a', passed: 2 },
    { filter: '--where duration>1', passed: 1 },
  ]);
});

test.each([
  ['_meta.lag_ms=211', true],
  ['_meta.received_at>2024-01-24T19:10:56Z', true],
  ['_meta.subscription=sub', true],
  ['_meta.id~^[0-9a-f]{16}$', true],
  ['_meta.seq', false],
  ['_meta', true],
])('sees the _meta that --meta would add: %s', (condition, expected) => {
  const keep = compileKeep({ ...NOTHING, where: [parseCondition(condition)] });
  const raw = '{"event":"a","event_ts":1706123456789}';
  expect(keep.keeps({ type: 'a', raw, receivedAt: 1706123457000, subscription: 'sub' })).toBe(expected);
});

test('sees the _meta of a recording', () => {
  const keep = compileKeep({ ...NOTHING, where: [parseCondition('_meta.seq=7'), parseCondition('_meta.lag_ms>=5')] });
  expect(keep.keeps({ type: 'a', raw: '{"event":"a"}', meta: '{"seq":7,"lag_ms":5}' })).toBe(true);
  expect(keep.keeps({ type: 'a', raw: '{"event":"a"}', meta: '{"seq":8,"lag_ms":5}' })).toBe(false);
});

test('no event makes a condition throw', () => {
  const keep = compileKeep({
    event: [],
    meeting: [parseMeeting('1')],
    where: [parseCondition('a[].b!=1'), parseCondition('_meta.lag_ms!=1'), parseCondition('payload!~x')],
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.double(), (raw, receivedAt) => {
      expect(typeof keep.keeps({ type: '', raw, receivedAt })).toBe('boolean');
    }),
  );
});

test('agrees with a naive reading of the rules, however the event is spelt', () => {
  const scalar = fc.oneof(
    fc.constantFrom('1', '1.0', '10', '-3', '7187654321098765432', '7187654321098765433', '1e2', '0.5'),
    fc.constantFrom(
      '"1"',
      '"10"',
      '"1e2"',
      '"a"',
      '"é"',
      '""',
      '"true"',
      '"7187654321098765433"',
      '"\\u0031"',
      '"\\u0061"',
    ),
    fc.constantFrom('true', 'false', 'null', '{}'),
  );
  const value = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
  );
  const wanted = fc.constantFrom('1', '10', '100', '7187654321098765433', 'a', 'b', 'true', 'null', '', '0.50', '-3');
  const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '~', '!~');
  fc.assert(
    fc.property(fc.option(value), fc.boolean(), operator, wanted, (json, walks, sign, text) => {
      fc.pre(text !== '' || sign === '=' || sign === '!=');
      const object = json === null ? '{}' : `{"x" : ${json}}`;
      expect(holds(`x${walks ? '[]' : ''}${sign}${text}`, object)).toBe(naive(json, walks, sign, text));
    }),
    { numRuns: 3000 },
  );
});

/** The rules of `--where`, one after the other, on the JSON text of the value itself. */
const naive = (json: string | null, walks: boolean, sign: string, wanted: string): boolean => {
  const isArray = json?.startsWith('[');
  const tokens = json === null ? [] : !walks ? [json] : isArray ? json.slice(1, -1).split(' , ').filter(Boolean) : [];
  if (sign === '!=') return !tokens.some((token) => naiveOne(token, '=', wanted));
  if (sign === '!~') return !tokens.some((token) => naiveOne(token, '~', wanted));
  return tokens.some((token) => naiveOne(token, sign, wanted));
};

const naiveOne = (token: string, sign: string, wanted: string): boolean => {
  if (/^[[{]/.test(token)) return false;
  const isString = token.startsWith('"');
  const text: string = isString ? JSON.parse(token) : token;
  if (sign === '~') return new RegExp(wanted, 'u').test(text);
  const [a, b] = [scaled(text), scaled(wanted)];
  const numeric = a !== undefined && b !== undefined;
  if (sign === '=') return numeric ? a === b : text === wanted;
  if (!numeric && !isString) return false;
  const less = numeric ? a < b : text < wanted;
  const equal = numeric ? a === b : text === wanted;
  return sign.startsWith('<') ? less || (equal && sign === '<=') : (!less && !equal) || (equal && sign === '>=');
};

/** The number in tenths, exactly; good enough for the numbers that the property draws. */
const scaled = (text: string): bigint | undefined => {
  if (!/^-?\d+(\.\d+|e\d+)?$/.test(text)) return undefined;
  const [whole = '', exponent = '0'] = text.split('e');
  const [head = '', fraction = '0'] = whole.split('.');
  return (BigInt(head) * 10n + BigInt(fraction.slice(0, 1))) * 10n ** BigInt(exponent);
};
