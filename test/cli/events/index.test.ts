import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/catalogue/index.ts';
import { BIN, runCli } from '../../support/run-cli.ts';

const shell = promisify(execFile);

const events = async (...args: string[]) => {
  const { status, stdout, stderr } = await runCli(['events', ...args]);
  return { status, stderr, stdout, lines: stdout.split('\n').slice(0, -1) };
};

test('in a pipe, lists every known type, one name per line', async () => {
  const { status, lines, stderr } = await events();
  expect(lines.filter((name) => !name.startsWith('zoom_ws.'))).toEqual(EVENT_TYPES);
  expect(status).toBe(0);
  expect(stderr).toBe('');
});

test('a family name lists its family', async () => {
  const { lines } = await events('meeting');
  expect(lines).toEqual(EVENT_TYPES.filter((type) => type.startsWith('meeting.')));
});

test.each([
  ['recording.st*', ['recording.started', 'recording.stopped']],
  ['webinar.*ed,!webinar.*_*,!*d', []],
  ['account.*,!account.*_*', ['account.created', 'account.disassociated', 'account.updated']],
  ['meeting.?tarted', ['meeting.started']],
])('a pattern means what it means for --event: %s', async (pattern, expected) => {
  const { lines, status } = await events(pattern);
  expect(lines).toEqual(expected);
  expect(status).toBe(expected.length > 0 ? 0 : 1);
});

test('several patterns, as a shell may have expanded them, are all meant', async () => {
  const { lines } = await events('meeting.started', 'meeting.ended');
  expect(lines).toEqual(['meeting.ended', 'meeting.started']);
});

describe('free text', () => {
  test('finds names, products and fields', async () => {
    expect((await events('waiting_room')).lines).toContain('meeting.participant_joined_waiting_room');
    expect((await events('videosdk')).lines).toContain('session.started');
    expect((await events('join_url')).lines).toContain('meeting.created');
  });

  test('of several words, each must be found', async () => {
    const { lines } = await events('callout', 'videosdk');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((name) => name.startsWith('session.'))).toBe(true);
  });
});

test('a name describes one type: fields with types, and a sample', async () => {
  const { stdout, status } = await events('meeting.started');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}payload\.object\.topic +string$/m);
  expect(stdout).toMatch(/^ {2}payload\.object\.type +0 \| 1 \| 2/m);
  const sample = JSON.parse(stdout.slice(stdout.indexOf('\n{')));
  expect(sample.event).toBe('meeting.started');
  expect(sample.payload.object.id).toMatch(/^\d{11}$/);
});

test('the sample is the same in every run', async () => {
  expect((await events('Meeting.Started')).stdout).toBe((await events('meeting.started')).stdout);
});

describe('--json', () => {
  test('is an array of name, product and fields', async () => {
    const types = JSON.parse((await events('--json')).stdout);
    expect(types).toHaveLength(EVENT_TYPES.length + 9);
    expect(Object.keys(types[0])).toEqual(['name', 'product', 'fields']);
  });

  test('of a single type, is one object with a sample', async () => {
    const type = JSON.parse((await events('user.created', '--json')).stdout);
    expect(type).toMatchObject({ name: 'user.created', product: 'users', sample: { event: 'user.created' } });
    expect(type.fields['payload.object.email']).toBe('string');
  });

  test('is an empty array where nothing matches', async () => {
    const { stdout, status } = await events('no-such-thing', '--json');
    expect(JSON.parse(stdout)).toEqual([]);
    expect(status).toBe(1);
  });
});

test('says so when nothing is found, with the nearest names, and exits 1', async () => {
  const { stdout, stderr, status } = await events('meeting.strated');
  expect(stdout).toBe('');
  expect(stderr).toContain('No known event type matches "meeting.strated"');
  expect(stderr).toContain('meeting.started');
  expect(status).toBe(1);
});

test('a pattern that cannot be read is exit 2, with a caret under the place', async () => {
  const { stderr, status } = await events('meeting.[ab]*');
  expect(status).toBe(2);
  expect(stderr).toMatch(/meeting\.\[ab\]\*\n +\^/);
});

test('a reader that closes the pipe is no error', async () => {
  const script = `"${process.execPath}" "${BIN}" events --json | head -n 1; echo "status \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await shell('bash', ['-c', script]);
  expect(stdout).toBe('[\nstatus 0\n');
  expect(stderr).toBe('');
});

describe('the types of our own making', () => {
  const SRC = fileURLToPath(new URL('../../../src', import.meta.url));
  const emitted = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(join(SRC, name), 'utf8').matchAll(/\blifecycle\('(\w+)'/g)])
    .map(([, name]) => `zoom_ws.${name}`);

  test('are listed, each that the program emits and no other', async () => {
    expect(emitted.length).toBeGreaterThan(4);
    const { lines } = await events('zoom_ws');
    expect(lines).toEqual([...new Set(emitted)].sort());
    expect((await events()).lines).toEqual(expect.arrayContaining(lines));
  });

  test('are described with how they behave', async () => {
    const { stdout, status } = await events('zoom_ws.gap');
    expect(status).toBe(0);
    expect(stdout).toContain('every recording, and on stdout with --lifecycle');
    expect(stdout).toMatch(/^ {2}payload\.object\.duration_ms +number$/m);
    expect(JSON.parse(stdout.slice(stdout.indexOf('\n{'))).payload.object.duration_ms).toBe(2200);
    expect(JSON.parse((await events('zoom_ws.gap', '--json')).stdout)).toMatchObject({ name: 'zoom_ws.gap' });
  });
});
