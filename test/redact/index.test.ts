import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENT_TYPES, loadCatalogue, sampleEvent, seededRandom } from '../../src/catalogue/index.ts';
import catalogue from '../../src/catalogue/zoom-events.json' with { type: 'json' };
import { createRedactor } from '../../src/redact/index.ts';

const redact = createRedactor({ key: 'a key' });

const EVENT = `{ "event":"meeting.participant_joined", "event_ts":1706123456789,"payload":{"account_id":"acc","object":{
"id":12345678901,"uuid":"4u/+1234567890==","big":12345678901234567890,"ratio":1.50e3,"topic":"Ada's room","on":true,
"participant":{"user_name":"Ada Lovelace","email":"Ada@Example.com","phone_number":"+1 (415) 555-0100","user_id":"16778240"},
"old":{"user_name":"ada lovelace","email":"ada@example.com","phone_number":"14155550100"},
"password":"s3cret","host":null}},"download_token":"abc"}`.replaceAll('\n', '');

test('masks what is personal or secret and leaves every other character as it stood', () => {
  const wanted = [
    ['Ada Lovelace', 'Name-16505fc12f'],
    ['ada lovelace', 'Name-16505fc12f'],
    ['Ada@Example.com', '7c581c0379@example.invalid'],
    ['ada@example.com', '7c581c0379@example.invalid'],
    ['+1 (415) 555-0100', '+9 (993) 052-1232'],
    ['14155550100', '99930521232'],
    ["Ada's room", 'Topic-ede6b21efe'],
    ['s3cret', '[redacted]'],
    ['"abc"', '"[redacted]"'],
  ] as const;
  expect(redact(EVENT)).toBe(wanted.reduce((text, [from, to]) => text.replace(from, to), EVENT));
});

test('gives the same pseudonyms for the same key, others for another', () => {
  expect(createRedactor({ key: 'a key' })(EVENT)).toBe(redact(EVENT));
  expect(createRedactor({ key: 'another' })(EVENT)).not.toBe(redact(EVENT));
});

test('tells different people apart', () => {
  const masked = redact('{"a":{"email":"a@x.com"},"b":{"email":"b@x.com"}}');
  expect(new Set(masked.match(/\w+@example\.invalid/g)).size).toBe(2);
});

const HIDDEN = 'Zq hidden';
const SECRETS = ['pass', 'apikey', 'apiKey', 'bearer', 'session_key', 'token_value', 'accesstoken', 'auth_code'];
const PEOPLE = ['firstname', 'surname', 'fullname', 'username', 'owner', 'presenter', 'lastName', 'host'];
const PHONES = ['phone', 'work_phone', 'mobile', 'fax', 'phonenumber', 'dial_in', 'callback_number'];
const hiding = (text: string): string => text.replaceAll('$', '[redacted]');

const MASKED: readonly (readonly [text: string, expected: string])[] = [
  ['{"email":"Zq hidden"}', '{"email":"…@example.invalid"}'],
  ['{"alternative_hosts":"a@x.com;b@x.com"}', '{"alternative_hosts":"…@example.invalid;…@example.invalid"}'],
  ['{"operator":"a@x.com"}', '{"operator":"…@example.invalid"}'],
  ['{"join_url":"https://zoom.us/j/1?pwd=Zq"}', '{"join_url":"https://redacted.invalid/…"}'],
  ['{"stream_url":"rtmp://a/Zq"}', '{"stream_url":"rtmp://redacted.invalid/…"}'],
  ['{"file_name":"Zq hidden.pdf"}', '{"file_name":"file-….pdf"}'],
  ['{"phone_number":14155550100}', '{"phone_number":99930521232}'],
  ['{"participant_pin_code":123456}', '{"participant_pin_code":0}'],
  ['{"participant_number":12}', '{"participant_number":12}'],
  ['{"extension_number":1001}', '{"extension_number":1011}'],
  ['{"phone_number":"anonymous"}', '{"phone_number":"Name-…"}'],
  ['{"device_ip":"10.1.2.3"}', '{"device_ip":"248.176.162.203"}'],
  ['{"ip":["2001:db8::1","Zq hidden"]}', '{"ip":["2001:db8:4ebd:381a:c3f5:de1b:fb37:a024","Text-…"]}'],
  ['{"message":"Zq hidden"}', '{"message":"Text-…"}'],
  ['{"userName":"Zq hidden"}', '{"userName":"Name-…"}'],
  ['{"display-name":"Zq hidden"}', '{"display-name":"Name-…"}'],
  ['{"Mobile No":"Zq hidden"}', '{"Mobile No":"Name-…"}'],
  ['{"registrant":{"state":"Zq hidden"}}', '{"registrant":{"state":"Text-…"}}'],
  ['{"channel":{"state":"active"}}', '{"channel":{"state":"active"}}'],
  ['{"reason":"write to a@x.com, now"}', '{"reason":"write to …@example.invalid, now"}'],
  [
    '{"reason":"see https://zoom.us/j/1?pwd=Zq or zoom.us/j/1?pwd=Zq"}',
    '{"reason":"see https://redacted.invalid/… or https://redacted.invalid/…"}',
  ],
  ['{"reason":"see ACME.ZOOM.US/j/1?pwd=Zq"}', '{"reason":"see https://redacted.invalid/…"}'],
  ['{"reason":"see //acme.example/j/1?pwd=Zq now"}', '{"reason":"see //redacted.invalid/… now"}'],
  ['{"reason":"a?x=1&pwd=Zq&y=2, a%3Fpwd%3DZq"}', '{"reason":"a?x=1&pwd=[redacted]&y=2, a%3Fpwd%3D[redacted]"}'],
  ['{"reason":"Passcode: Zq. Password is Zq"}', '{"reason":"Passcode: [redacted] Password is [redacted]"}'],
  ['{"reason":"pass code：Zq, a passing note"}', '{"reason":"pass code：[redacted], a passing note"}'],
  [
    '{"reason":"ada%40x.com ada%2540x.com ada＠x.com"}',
    '{"reason":"…@example.invalid …@example.invalid …@example.invalid"}',
  ],
  ['{"event":"ada@x.com","uuid":"ada@x.com"}', '{"event":"…@example.invalid","uuid":"…@example.invalid"}'],
  ['{"reason":"from 10.1.2.3."}', '{"reason":"from 248.176.162.203."}'],
  // What is known of a sensitive field holds for all that is in it.
  [
    '{"password":{"id":"Zq","old":["Zq",7,{"type":"Zq"}]}}',
    hiding('{"password":{"id":"$","old":["$",0,{"type":"$"}]}}'),
  ],
  ['{"email":{"type":"work","main":"Zq"}}', '{"email":{"type":"work","main":"…@example.invalid"}}'],
  ['{"user_name":["Zq",{"short":"Zq"}]}', '{"user_name":["Name-…",{"short":"Name-…"}]}'],
  ['{"phones":{"home":4155550100,"type":1}}', '{"phones":{"home":…,"type":1}}'],
  // JSON in strings.
  ['{"x":"[\\"Zq\\",1]"}', '{"x":"[\\"Text-…\\",1]"}'],
  ['{"x":"\\"{\\\\\\"status\\\\\\":1}\\""}', '{"x":"\\"{\\\\\\"status\\\\\\":1}\\""}'],
  ['{"x":"\\"{\\\\\\"pwd\\\\\\":\\\\\\"Zq\\\\\\"}\\""}', '{"x":"\\"{\\\\\\"pwd\\\\\\":\\\\\\"[redacted]\\\\\\"}\\""}'],
  ['{"status":"{\\"name\\":\\"Zq\\"}"}', '{"status":"{\\"name\\":\\"Name-…\\"}"}'],
  ['{"status":"{\\"name\\":\\"Zq"}', '{"status":"Text-…"}'],
  // Names.
  ...SECRETS.map((name) => [`{"${name}":"Zq"}`, hiding(`{"${name}":"$"}`)] as const),
  ...PEOPLE.map((name) => [`{"${name}":"Zq"}`, `{"${name}":"Name-…"}`] as const),
  ...PHONES.map((name) => [`{"${name}":"415 555 0100"}`, `{"${name}":"999 505 2179"}`] as const),
  // Nothing is known of it: masked, unless its form says that it is harmless.
  ['{"x":"Zq","y":"ada","z":"4155550100"}', '{"x":"Text-…","y":"Text-…","z":"Text-…"}'],
  ['{"x":"ada@x.com","y":"10.1.2.3"}', '{"x":"…@example.invalid","y":"248.176.162.203"}'],
  ['{"x":"eyJhbGciOiJI.eyJzdWIi.c2ln"}', '{"x":"[redacted]"}'],
  ['{"x":"2026-11-22T10:42:00.123+01:00"}', '{"x":"2026-11-22T10:42:00.123+01:00"}'],
  ['{"x":"::","y":"10:42:12","version":"5.1.2.3"}', '{"x":"::","y":"10:42:12","version":"5.1.2.3"}'],
  ['{"a@x.com":1}', '{"…@example.invalid":1}'],
  ['{"email":"","phone_number":null,"password":true}', '{"email":"","phone_number":null,"password":true}'],
  ['{"x":"42","y":"Active","z":"4u/+1234567890abcdefgh=="}', '{"x":"42","y":"Active","z":"4u/+1234567890abcdefgh=="}'],
  [
    '{"product":"meeting","media":"audio","attribute":"new","stop_reason_name":"REVOKED"}',
    '{"product":"meeting","media":"audio","attribute":"new","stop_reason_name":"REVOKED"}',
  ],
  ['{"new_id":"Zq","NewStatus":"Zq"}', '{"new_id":"Zq","NewStatus":"Zq"}'],
  [
    '{"module":"message","content":"{\\"email\\":\\"a@x.com\\",\\"id\\":1}"}',
    '{"module":"message","content":"{\\"email\\":\\"…@example.invalid\\",\\"id\\":1}"}',
  ],
  [
    '{"event":"zoom_ws.malformed","payload":{"object":{"why":"not JSON","frame":"Zq hidden"}}}',
    '{"event":"zoom_ws.malformed","payload":{"object":{"why":"not JSON","frame":"Text-…"}}}',
  ],
  ['Zq hidden, no JSON', '"Text-…"'],
];

test.each(MASKED)('masks %s', (text, expected) => {
  const masked = redact(text);
  expect(masked).not.toContain(HIDDEN);
  expect(masked.replace(/\b[\da-f]{10}\b/g, '…')).toBe(expected);
});

test.each(['zoom_ws.gap', 'zoom_ws.connected'])('leaves %s as it is', (event) => {
  const text = `{"event":"${event}","event_ts":1,"payload":{"object":{"subscription":"ab-c","from":"2026-11-22T10:42:00.123Z","to":"2026-11-22T10:43:00.123Z","duration_ms":60000,"reason":"going away"}}}`;
  expect(redact(text)).toBe(text);
});

test('no documented field survives that is not known to be harmless', async () => {
  const survivors = new Set<string>();
  for (const { fields } of Object.values(catalogue)) {
    for (const [path, type] of Object.entries(fields)) {
      if (type === 'boolean' || type === 'object') continue;
      const value = /number|^\d/.test(type) ? 4155550100 : `${HIDDEN} 4155550100`;
      const text = JSON.stringify(nest(path.split('.'), value));
      if (redact(text) === text) survivors.add(path.split('.').slice(-1).join('').replace('[]', ''));
    }
  }
  // Read through by hand: ids, times, counts, types, states, settings. Whoever adds a name has to look at it.
  await expect(`${[...survivors].sort().join('\n')}\n`).toMatchFileSnapshot('kept-fields.golden.txt');
});

const SENSITIVE =
  /e?mail|(user|first|last|display|invitee|inviter|caller|callee|operator|channel|file|sender|recipient)_?name$|phone|(^|_)number$|_url$|_link$|password|passcode|token|pin$|pin_code|_key$|_ip$|^ip$|address|topic|message$|message_content|agenda|comments|personal_notes|city|zip/i;
/** They hold one of few words, an id that Zoom's API needs, or what is no person's. */
const HARMLESS = /^(require|minimum|pstn_|custom_key|member_|reply_main)|_type$|_id$/;

test.each(EVENT_TYPES)('what is sensitive in a sample of %s is not in what comes out', async (type) => {
  const event = sampleEvent(await loadCatalogue(), type, { random: seededRandom(7), now: 1_795_000_000_000 });
  const masked = redact(JSON.stringify(event));
  expect(masked.match(/[\w.+-]+@(?!example\.invalid)[\w.-]+/g) ?? []).toEqual([]);
  const survivors = leaves(event).filter(([key, value]) => {
    const isWanted = SENSITIVE.test(key) && !HARMLESS.test(key) && typeof value === 'string' && value.length > 3;
    return isWanted && masked.includes(JSON.stringify(value));
  });
  expect(survivors).toEqual([]);
});

const leaves = (value: unknown, key = ''): readonly (readonly [key: string, value: unknown])[] => {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, key));
  if (typeof value !== 'object' || value === null) return [[key, value]];
  return Object.entries(value).flatMap(([name, item]) => leaves(item, name));
};

const nest = ([head = '', ...rest]: readonly string[], leaf: unknown): unknown => {
  const inner = rest.length === 0 ? leaf : nest(rest, leaf);
  return head.endsWith('[]') ? { [head.slice(0, -2)]: [inner] } : { [head]: inner };
};

test('the outcome is JSON on one line with the same keys, whatever the event', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const masked = redact(text);
      expect(masked).not.toContain('\n');
      expect(skeleton(JSON.parse(masked))).toEqual(skeleton(JSON.parse(text)));
    }),
    { numRuns: 500 },
  );
});

/** The shape without what strings and keys say; numbers may be masked too. */
const skeleton = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(skeleton);
  if (typeof value === 'object' && value !== null) return Object.values(value).map(skeleton);
  return typeof value;
};

test('an address never survives in any string, wherever it stands', () => {
  const local = fc.stringMatching(/^[a-z]{3,8}$/);
  fc.assert(
    fc.property(local, fc.string(), fc.string(), fc.string(), (name, before, after, field) => {
      const text = JSON.stringify({ [field]: `${before} zq${name}@corp.example ${after}` });
      expect(redact(text)).not.toContain(`zq${name}@corp`);
    }),
  );
});

test('remembers no long texts', () => {
  const long = (at: number) => `${at}`.padEnd(100_000, 'x');
  const kinds = ['topic', 'user_name', 'email', 'join_url', 'message', 'phone', 'reason'];
  const before = heldBytes();
  for (let at = 0; at < 600; at += 1) {
    redact(`{"${kinds[at % kinds.length]}":"${long(at)}","${long(at)}":"a","reason":"${long(at)} a${at}@x.com"}`);
  }
  expect(heldBytes() - before).toBeLessThan(20_000_000);
});

/** What is in memory once all that nobody needs is gone. */
const heldBytes = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

test('takes time in proportion to the text, also where the text is made to be slow', () => {
  const hostile = ['a', '@', '1.', '+1 ', 'eyJ', ':', 'zoom.', '://', '{'].map((piece) => piece.repeat(400_000));
  for (const text of [...hostile, ...['pwd ', 'pwd', '%25', '//', '"', '['].map((piece) => piece.repeat(400_000))]) {
    expect(redact(JSON.stringify({ x: text, reason: text, uuid: text }))).toContain('"');
  }
});
