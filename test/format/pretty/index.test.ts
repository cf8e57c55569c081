import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/catalogue/index.ts';
import { createPretty, type PrettyOptions } from '../../../src/format/pretty/index.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 3, 22);
const DEFAULTS: PrettyOptions = { color: false, columns: () => 0, utc: true, now: () => NOW, details: false };

const lineOf = async (event: unknown, options: Partial<PrettyOptions> = {}, receivedAt: number | undefined = NOW) => {
  const raw = typeof event === 'string' ? event : JSON.stringify(event);
  const type = (JSON.parse(raw) as { event?: unknown }).event;
  const pretty = await createPretty({ ...DEFAULTS, ...options });
  return pretty.event(
    { kind: 'event', raw, type: typeof type === 'string' ? type : '', receivedAt, subscription: '' },
    1,
  );
};

const joined = (user_name: unknown, topic: unknown = 'Weekly sync') => ({
  event: 'meeting.participant_joined',
  event_ts: NOW,
  payload: { account_id: 'a', object: { id: '85212345678', topic, participant: { user_name } } },
});

test('reads as a sentence, with the meeting number as people write it', async () => {
  expect(await lineOf(joined('Ada Lovelace'))).toBe(
    '14:03:22 meeting.participant_joined Ada Lovelace joined “Weekly sync” (852 1234 5678)',
  );
});

test.each([
  [1_234_567_890, '123 456 7890'],
  ['123456789', '123 456 789'],
  [85212345678, '852 1234 5678'],
])('writes the meeting number %s as %s', async (id, shown) => {
  expect(await lineOf({ event: 'meeting.started', payload: { object: { id, topic: 'T' } } })).toContain(`(${shown})`);
});

describe('the lag', () => {
  test.each([
    [NOW - 1999, ''],
    [NOW - 2000, ''],
    [NOW - 2001, '(lag 2.0s)'],
    [NOW - 3400, '(lag 3.4s)'],
    [NOW - 7_200_000, '(lag 2h)'],
    [NOW + 60_000, ''],
    [String(NOW - 3400), '(lag 3.4s)'],
    [Math.floor(NOW / 1000) - 5, '(lag 5.0s)'],
    [0, ''],
    [-1, ''],
    [9e15, ''],
    [null, ''],
    [{}, ''],
  ])('of event_ts %j is shown only where it is over 2 s', async (event_ts, expected) => {
    const line = await lineOf({ ...joined('Ada'), event_ts });
    expect(line.match(/\(lag .*\)$/)?.[0] ?? '').toBe(expected);
  });

  test('stands at the end also where the line has to be cut', async () => {
    const line = await lineOf(
      { ...joined('Ada Lovelace', 'x'.repeat(200)), event_ts: NOW - 5000 },
      { columns: () => 80 },
    );
    expect(line).toMatch(/xx…” \(lag 5\.0s\)$|xx… \(lag 5\.0s\)$/);
    expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });
});

describe('the clock', () => {
  test('shows when the event arrived, else when it happened, else nothing', async () => {
    const happened = { ...joined('Ada'), event_ts: NOW - 60_000 };
    const pretty = await createPretty(DEFAULTS);
    const at = (event: unknown, receivedAt: number | undefined) =>
      pretty
        .event({ kind: 'event', raw: JSON.stringify(event), type: '', receivedAt, subscription: '' }, 1)
        .slice(0, 8);
    expect(at(happened, NOW)).toBe('14:03:22');
    expect(at(happened, undefined)).toBe('14:02:22');
    expect(at({ payload: {} }, undefined)).toBe('--:--:--');
  });

  test.each([
    ['Asia/Tokyo', false, '23:03:22'],
    ['America/New_York', false, '09:03:22'],
    ['Asia/Kolkata', false, '19:33:22'],
    ['Asia/Tokyo', true, '14:03:22'],
  ])('in a process in %s, with utc %s, shows %s', (TZ, utc, expected) => {
    // Only a process of its own has another time zone; this Node may not read TypeScript by itself, hence the bundler.
    const module = fileURLToPath(new URL('../../../src/format/pretty/clock.ts', import.meta.url));
    const script = `
      const { rolldown } = await import('rolldown');
      const bundle = await rolldown({ input: ${JSON.stringify(module)}, platform: 'node' });
      const { output: [{ code }] } = await bundle.generate({ format: 'esm' });
      const { clockTime } = await import('data:text/javascript,' + encodeURIComponent(code));
      console.log(clockTime(${NOW}, ${utc}));`;
    const cwd = fileURLToPath(new URL('../../..', import.meta.url));
    const args = ['--input-type=module', '-e', script];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd,
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe(expected);
  });
});

describe('the date', () => {
  const DAY_MS = 86_400_000;
  const linesAt = async (times: readonly (number | undefined)[], columns = 0) => {
    const pretty = await createPretty({ ...DEFAULTS, columns: () => columns });
    const raw = JSON.stringify({ event: 'x.y', payload: { topic: 'T' } });
    return times.flatMap((receivedAt, index) =>
      pretty.event({ kind: 'event', raw, type: 'x.y', receivedAt, subscription: '' }, index + 1).split('\n'),
    );
  };

  test('is not shown today', async () => {
    expect(await linesAt([NOW, NOW + 1000])).toEqual(['14:03:22 x.y topic=T', '14:03:23 x.y topic=T']);
  });

  test('stands in the first line if that is not of today, and nowhere else', async () => {
    expect(await linesAt([NOW - DAY_MS, undefined, NOW - DAY_MS])).toEqual([
      '2026-11-21 14:03:22 x.y topic=T',
      '--:--:-- x.y topic=T',
      '14:03:22 x.y topic=T',
    ]);
  });

  test('stands in a line of its own where the day changes, in either direction', async () => {
    const lines = await linesAt([NOW, NOW + DAY_MS, NOW - DAY_MS]);
    expect(lines.filter((line) => !line.includes('x.y'))).toEqual(['── 2026-11-23 ──', '── 2026-11-21 ──']);
    expect((await linesAt([NOW, NOW + DAY_MS], 8))[1]).toBe('── 2026…');
  });
});

describe('an unknown type', () => {
  test('shows its most telling fields, the dull ones last', async () => {
    const payload = {
      account_id: 'abc',
      object: { uuid: 'u==', mood: 'sunny', topic: 'Weekly sync', id: 85212345678 },
    };
    expect(await lineOf({ event: 'weather.changed', event_ts: NOW, payload })).toBe(
      '14:03:22 weather.changed topic="Weekly sync" id=85212345678 mood=sunny uuid="u==" account_id=abc',
    );
  });

  test('shows what it holds beside the payload, where there is no payload', async () => {
    expect(await lineOf({ event: 'x.y', reason: 'why not' })).toContain('reason="why not"');
    expect(await lineOf({ event: 'x.y' })).toContain('no payload');
  });

  test('shows ids beyond 2^53 digit for digit', async () => {
    const line = await lineOf(
      '{"event":"x.y","payload":{"object":{"id":7603175240135936543,"n":0.12345678901234567891}}}',
    );
    expect(line).toContain('id=7603175240135936543');
    expect(line).toContain('n=0.12345678901234567891');
  });
});

test('a number beyond 2^53 in a known type is shown digit for digit too', async () => {
  const raw =
    '{"event":"phone.caller_ringing","payload":{"object":{"call_id":7603175240135936543,"caller":{"name":"a \\"1234567890123456789, b"}}}}';
  const line = await lineOf(raw);
  expect(line).toContain('call 7603175240135936543');
  expect(line).toContain('a "1234567890123456789, b calls');
});

describe('the terminal is safe', () => {
  test.each([
    ['an escape sequence', '\u001b[2J\u001b]0;owned\u0007', '\\u001b[2J\\u001b]0;owned\\u0007'],
    ['a line break', 'a\nb\r\nc', 'a\\nb\\r\\nc'],
    ['a right-to-left override', 'abc\u202edef', 'abc\\u202edef'],
    ['an 8-bit control', '\u009b31m', '\\u009b31m'],
    ['a zero-width space', 'a\u200bb', 'a\\u200bb'],
    ['an invisible filler', 'a\u3164b\u115fc', 'a\\u3164b\\u115fc'],
    ['a lone surrogate', 'a\ud83db', 'a\\ud83db'],
  ])('%s in a name or a topic is shown escaped', async (_what, hostile, shown) => {
    const line = await lineOf(joined(hostile, hostile));
    expect(line).toContain(`${shown} joined “${shown}”`);
  });

  test('also in the type, in a key, and in the details', async () => {
    const event = { event: 'x.\u001b[31m', payload: { object: { 'k\u001b[31m\n': '\u001b[31m\n' } } };
    const text = await lineOf(event, { details: true });
    expect(text).not.toContain('\u001b');
    expect(text.split('\n')).toHaveLength(4);
  });

  test('emoji families, Chinese and combining marks stay what they are', async () => {
    const name = '👩‍👩‍👧 山田 é̂ 🇩🇪';
    expect(await lineOf(joined(name))).toContain(`${name} joined`);
  });
});

describe('a terminal of any width', () => {
  test.each(['plain ASCII, and long', '山', '👩‍👩‍👧', 'q\u0301\u0302'])(
    'is not overflowed, and no character is split: %s',
    async (character) => {
      const name = character.repeat(40);
      const pieces = [...character].filter((piece) => piece > '~');
      for (let columns = 1; columns < 160; columns += 3) {
        for (const event of [joined(name, name), { event: 'x.y', payload: { topic: name } }]) {
          const line = await lineOf(event, { columns: () => columns });
          expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
          for (const { segment } of new Intl.Segmenter().segment(line)) {
            if (pieces.some((piece) => segment.includes(piece)) || segment === 'q') expect(segment).toBe(character);
          }
        }
      }
    },
  );

  test('has the sentence first, and the type last where it fits', async () => {
    const at = (columns: number) => lineOf(joined('Ada Lovelace'), { columns: () => columns });
    const sentence = '14:03:22 Ada Lovelace joined “Weekly sync” (852 1234 5678)';
    expect(await at(99)).toBe(`${sentence}  meeting.participant_joined`);
    expect(await at(80)).toBe(`${sentence}  .participant_joined`);
    expect(await at(70)).toBe(sentence);
    expect(await at(100)).toBe(sentence.replace(' ', ' meeting.participant_joined '));
  });

  test('shows an unknown type first, for nothing else says what it is', async () => {
    const line = await lineOf({ event: 'weather.changed', payload: { topic: 'rain' } }, { columns: () => 60 });
    expect(line).toBe('14:03:22 weather.changed topic=rain');
  });

  test('leaves numbers and addresses out before it shortens a topic, and keeps the outcome', async () => {
    const left = {
      event: 'meeting.participant_left',
      payload: {
        object: {
          id: '85212345678',
          topic: 'The quarterly numbers',
          participant: { user_name: 'Ada Lovelace', email: 'ada@example.com', leave_reason: 'Reason: network' },
        },
      },
    };
    const at = (columns: number) => lineOf(left, { columns: () => columns });
    expect(await at(99)).toContain('(852 1234 5678) · network · <ada@example.com>');
    expect(await at(80)).toBe('14:03:22 Ada Lovelace left “The quarterly numbers” (852 1234 5678) · network');
    expect(await at(70)).toBe('14:03:22 Ada Lovelace left “The quarterly numbers” · network');
    expect(await at(45)).toBe('14:03:22 Ada Lovelace left “The quarterly n…”');
  });

  test('shortens a message rather than leave it out', async () => {
    const object = { topic: 'Weekly sync', summary_overview: 'We agreed on everything that matters.' };
    const line = await lineOf({ event: 'meeting.summary_completed', payload: { object } }, { columns: () => 70 });
    expect(line).toBe('14:03:22 summary of “Weekly sync” is ready · “We agreed on everythin…”');
  });

  test('asks for the width for each line', async () => {
    let columns = 40;
    const pretty = await createPretty({ ...DEFAULTS, columns: () => columns });
    const delivery = {
      kind: 'event',
      raw: JSON.stringify(joined('Ada')),
      type: 'x.y',
      receivedAt: NOW,
      subscription: '',
    } as const;
    expect(stringWidth(pretty.event(delivery, 1))).toBe(40);
    columns = 20;
    expect(stringWidth(pretty.event(delivery, 2))).toBeLessThanOrEqual(20);
  });
});

describe('details', () => {
  test('show the whole payload below the line, indented', async () => {
    const event = {
      event: 'x.y',
      payload: { a: null, object: { list: [1, { deep: true }], empty: {}, text: 'two\nlines' } },
    };
    expect((await lineOf(event, { details: true })).split('\n').slice(1)).toEqual([
      '    payload:',
      '      a: null',
      '      object:',
      '        list:',
      '          [0]: 1',
      '          [1]:',
      '            deep: true',
      '        empty: {}',
      '        text: two\\nlines',
    ]);
  });
});

describe('colour', () => {
  const ESCAPES = /\u001b\[\d+m/g;

  test('changes no letter, and is the only source of escapes', async () => {
    const event = joined('\u001b[31mAda');
    const colored = await lineOf(event, { color: true });
    expect(colored).toMatch(ESCAPES);
    expect(colored.replace(ESCAPES, '')).toBe(await lineOf(event));
  });

  test('does not count for the width', async () => {
    const line = await lineOf(joined('Ada', 'x'.repeat(200)), { color: true, columns: () => 80 });
    expect(line.replace(ESCAPES, '')).toHaveLength(80);
  });
});

describe('colours mean something:', () => {
  const ESCAPE = '\u001b';
  const painted = (event: string, more: object = {}, receivedAt = NOW) =>
    lineOf(
      { event, event_ts: NOW, payload: { object: { topic: 'T', issues: ['x'], ...more } } },
      { color: true },
      receivedAt,
    );

  test.each([
    ['meeting.alert', 'has trouble: '],
    ['meeting.risk_alert', ' was posted in public'],
    ['phone.emergency_alert', 'EMERGENCY: '],
    ['zoom_ws.gap', 'events may be missing: not connected for '],
    ['zoom_ws.disconnected', 'disconnected: '],
    ['zoom_ws.displaced', 'displaced: another client'],
  ])('%s is red, type and words', async (type, words) => {
    const line = await painted(type);
    expect(line).toContain(`${ESCAPE}[31m${type}`);
    expect(
      line
        .split(ESCAPE)
        .filter((piece) => piece.startsWith('[31m'))
        .join(''),
    ).toContain(words);
  });

  test('what was connected is green, and lag is yellow', async () => {
    expect(await painted('zoom_ws.connected')).toContain(`${ESCAPE}[32mconnected: `);
    expect(await painted('meeting.started', {}, NOW + 9000)).toContain(`${ESCAPE}[33m (lag 9.0s)`);
  });

  test('a family has one hue, known or not, which is none of these', async () => {
    const hue = async (type: string) =>
      new RegExp(`\\${ESCAPE}\\[(\\d+)m${type.replace('.', '\\.')}`).exec(await painted(type))?.[1];
    const types = ['meeting.started', 'meeting.ended', 'webinar.started', 'phone.callee_missed', 'user.created'];
    const [started, ended, webinar, phone, user] = await Promise.all(types.map(hue));
    expect(started).toBe(ended);
    expect(new Set([started, webinar, phone, user]).size).toBe(4);
    const unknown = await Promise.all(['weather.changed', 'weather.stayed', 'a.b', 'b.c', 'c.d'].map(hue));
    expect(unknown[0]).toBe(unknown[1]);
    for (const code of [started, webinar, phone, user, ...unknown]) expect(code).toMatch(/^(3[456]|9[456])$/);
  });
});

describe('lifecycle events', () => {
  test.each([
    ['zoom_ws.connected', { subscription: 'sub-1' }, /connected: .*sub-1/],
    [
      'zoom_ws.disconnected',
      { code: 1006, reason: 'the network went away' },
      /disconnected: the network went away · code 1006/,
    ],
    [
      'zoom_ws.gap',
      { from: '2026-11-22T14:00:00.000Z', to: '2026-11-22T14:01:30.000Z', duration_ms: 90_000, reason: 'network' },
      /may be missing: not connected for 1m 30s · 14:00:00 to 14:01:30 · network/,
    ],
    ['zoom_ws.displaced', {}, /displaced: another client/],
    ['zoom_ws.malformed', { why: 'no JSON', frame: 'oops\u001b[0m' }, /not an event: no JSON · “oops\\u001b\[0m”/],
  ])('%s reads well', async (type, object, expected) => {
    const pretty = await createPretty(DEFAULTS);
    const raw = JSON.stringify({ event: type, event_ts: NOW, payload: { object } });
    expect(pretty.lifecycle({ kind: 'lifecycle', type, raw, receivedAt: NOW })).toMatch(expected);
  });
});

describe('whatever the payload holds', () => {
  const keys = fc.constantFrom(
    ...['payload', 'object', 'old_object', 'participant', 'id', 'topic', 'user_name', 'settings', 'recording_files'],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'members',
      'call_logs',
      'event_ts',
      'start_time',
      'emoji',
    ],
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        null,
        true,
        '',
        'text',
        '\u001b[2J',
        'U+1F44D',
        'U+110000',
        '2026-11-22T14:00:00Z',
        '+275760-09-13T00:00:00Z',
      ),
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.string({ unit: 'binary' })),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 6 }),
    ),
  }));
  const types = fc.oneof(
    fc.constantFrom(...EVENT_TYPES, 'zoom_ws.gap', 'x.y', '__proto__', 'constructor'),
    fc.string(),
  );

  test('it is one line that fits, without control characters, and nothing is thrown', async () => {
    const plain = await createPretty({ ...DEFAULTS, columns: () => 80 });
    const detailed = await createPretty({ ...DEFAULTS, details: true });
    fc.assert(
      fc.property(
        types,
        tree,
        tree,
        fc.option(fc.double(), { nil: undefined }),
        (type, object, payload, receivedAt) => {
          for (const body of [
            { payload: { object, old_object: payload } },
            { payload },
            { payload: object, event_ts: payload },
          ]) {
            const delivery = { kind: 'event', raw: JSON.stringify(body), type, receivedAt, subscription: '' } as const;
            // Where the day is not that of the line before, its date stands above.
            const line = plain.event(delivery, 1).replace(/^── \S+ ──\n/, '');
            expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
            expect(stringWidth(line)).toBeLessThanOrEqual(80);
            expect(detailed.event(delivery, 1)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  test.each(['', 'null', '[]', '"x"', '{', '[[[[', `${'['.repeat(50_000)}${']'.repeat(50_000)}`])(
    '%.20s is survived',
    async (raw) => {
      const pretty = await createPretty({ ...DEFAULTS, details: true });
      expect(pretty.event({ kind: 'event', raw, type: 'x.y', receivedAt: NOW, subscription: '' }, 1)).toContain('x.y');
    },
  );

  test('nesting of any depth is survived', async () => {
    const deep = `{"event":"meeting.updated","payload":{"object":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)},"old_object":${'{"a":'.repeat(20_000)}2${'}'.repeat(20_000)}}}`;
    expect(await lineOf(deep, { details: true })).toContain('meeting.updated');
  });
});
