import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createNotify, type NoticeOptions } from '../../src/notice/index.ts';
import type { Notice } from '../../src/notice/notice.ts';
import { manualClock } from '../support/manual-clock.ts';

const TEXT: NoticeOptions = { quiet: false, verbose: 0, logFormat: 'text', color: false, utc: false };

const say = (notices: readonly Notice[], options: Partial<NoticeOptions> = {}, isTTY = false): string => {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const mask = (text: string) => text.replaceAll('hunter2', '[secret]');
  const notify = createNotify({ stderr, clock: manualClock() }, { ...TEXT, ...options }, mask);
  for (const notice of notices) notify(notice);
  return String(stderr.read() ?? '');
};

const ONE_OF_EACH: readonly Notice[] = [
  { kind: 'failed', code: 'output', text: 'an error' },
  { kind: 'warning', text: 'a warning' },
  { kind: 'note', text: 'a note' },
  { kind: 'detail', text: 'a detail' },
  { kind: 'frame', direction: 'in', text: '{}' },
];

test.each([
  ['-q', { quiet: true }, ['an error']],
  ['nothing', {}, ['an error', 'a warning', 'a note']],
  ['-v', { verbose: 1 }, ['an error', 'a warning', 'a note', 'a detail']],
  ['-vv', { verbose: 2 }, ['an error', 'a warning', 'a note', 'a detail', '< {}']],
  ['-q and -vv', { quiet: true, verbose: 2 }, ['an error']],
] as const)('with %s', (_flags, options, expected) => {
  const lines = say(ONE_OF_EACH, options).trimEnd().split('\n');
  expect(lines.map((line) => line.replace(/^\S+ (error: |warning: )?/, ''))).toEqual(expected);
});

test('a line has the time in UTC, the clock alone on a terminal', () => {
  expect(say([{ kind: 'note', text: 'x' }])).toBe('2026-11-22T01:42:00.000Z x\n');
  expect(say([{ kind: 'note', text: 'x' }], { utc: true }, true)).toBe('01:42:00 x\n');
});

test('a hint stands below its line', () => {
  expect(say([{ kind: 'warning', text: 'x', hint: 'Do y.' }])).toMatch(/ warning: x\n {2}hint: Do y\.\n$/);
});

test('escapes, carriage returns and direction marks of strangers are shown, not obeyed', () => {
  const line = say([{ kind: 'frame', direction: 'in', text: 'a\u001b[2Jb\rc\u202ed\u0007' }], { verbose: 2 });
  expect(line).toContain('a\\u001b[2Jb\\rc\\u202ed\\u0007');
});

test('a line break of a stranger begins no line that looks like ours', () => {
  const lines = say([{ kind: 'warning', text: 'a\n2026-11-22T01:42:00.000Z ready' }])
    .trimEnd()
    .split('\n');
  expect(lines[1]).toMatch(/^ {2}/);
});

test('secrets are masked in text, in hints and in every field of JSON', () => {
  const notice: Notice = {
    kind: 'retrying',
    subscription: 's',
    why: 'it said "hunter2"',
    hint: 'not hunter2',
    wasLive: true,
    waitMs: 1,
    attempt: 1,
    most: 10,
  };
  expect(say([notice])).not.toContain('hunter2');
  const json = say([notice], { logFormat: 'json' });
  expect(json).not.toContain('hunter2');
  expect(JSON.parse(json)).toMatchObject({
    time: '2026-11-22T01:42:00.000Z',
    level: 'warning',
    kind: 'retrying',
    why: 'it said "[secret]"',
    hint: 'not [secret]',
    wait_ms: 1,
  });
});

test('colour is for warnings and errors, and is reset at the end of the line', () => {
  const lines = say(ONE_OF_EACH, { color: true }).split('\n');
  expect(lines[0]).toMatch(/\u001b\[31merror: an error\u001b\[39;22m$/);
  expect(lines[1]).toMatch(/\u001b\[33mwarning: a warning\u001b\[39;22m$/);
  expect(lines[2]).not.toContain('\u001b');
});

test('a stderr that has ended is nobody’s error', () => {
  const stderr = new PassThrough();
  stderr.end();
  const notify = createNotify({ stderr, clock: manualClock() }, TEXT, (text) => text);
  expect(() => notify({ kind: 'note', text: 'x' })).not.toThrow();
});

test.each<[string, Notice, number]>([
  ['a connection that was accepted is green', { kind: 'ready', subscription: 's', again: false, gapMs: undefined }, 32],
  [
    'a connection that was lost is red',
    {
      ...{ kind: 'retrying', subscription: 's', why: 'x', hint: undefined, wasLive: true },
      ...{ waitMs: 1, attempt: 1, most: 9 },
    },
    31,
  ],
  ['a gap is red', { kind: 'gap-found', ms: 1000, reason: 'x' }, 31],
  ['lag is yellow', { kind: 'lagging', type: 'x.y', lagMs: 90_000 }, 33],
  ['an error is red', { kind: 'failed', code: 'output', text: 'x' }, 31],
])('%s', (_claim, notice, color) => {
  expect(say([notice], { color: true })).toMatch(new RegExp(`^\\S+ \u001b\\[${color}m[^\u001b]+\u001b`));
});

test('a gap is red also where the connection is green again', () => {
  const notice: Notice = { kind: 'ready', subscription: 's', again: true, gapMs: 3000 };
  expect(say([notice], { color: true })).toMatch(/\u001b\[32mready again: [^\u001b]+\u001b\[39;22m\u001b\[31m; gap: /);
  expect(say([notice])).toContain('subscription s; gap: nothing was received for 3.0s');
});

test('JSON has keys in snake case and instants in ISO 8601, as events have', () => {
  const at = Date.UTC(2026, 10, 22, 1, 42);
  const filters = [{ filter: '--event meeting', passed: 2 }];
  const notices: Notice[] = [
    { kind: 'finished', received: 1, matched: 1, repeats: 0, gaps: 1, gapMs: 20 },
    { kind: 'silence', ms: 60_000, received: 2, filters, connected: true, lastOutputAt: at },
    {
      ...{ kind: 'retrying', subscription: 's', why: 'x', hint: undefined },
      ...{ wasLive: true, waitMs: 5, attempt: 1, most: 2 },
    },
  ];
  const lines = say(notices, { logFormat: 'json' }).trimEnd().split('\n');
  const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(said[0]).toMatchObject({ kind: 'finished', gap_ms: 20 });
  expect(said[1]).toMatchObject({ kind: 'silence', last_output_at: '2026-11-22T01:42:00.000Z', filters });
  expect(said[2]).toMatchObject({ was_live: true, wait_ms: 5 });
  expect(said.flatMap(Object.keys).filter((key) => /[A-Z]/.test(key))).toEqual([]);
});

test('JSON holds no character that a terminal would obey or a reader be fooled by, and says the same', () => {
  const text = 'a\u009b2J\u0085b\u202ec\u2066d\u200fe\u007ff\u{E0041}g\u2028h';
  const line = say([{ kind: 'note', text }], { logFormat: 'json' });
  expect(line).toMatch(/^[\x20-\x7e]+\n$/);
  expect(JSON.parse(line)).toMatchObject({ text });
});
