import { expect, test } from 'vitest';
import { runCli } from '../../support/run-cli.ts';

const EVENTS = [
  { event: 'meeting.started', payload: { object: { id: '81234567890', topic: 'Standup', duration: 30 } } },
  {
    event: 'meeting.participant_joined',
    payload: { object: { id: 81234567890, participant: { email: 'jo@acme.com' } } },
  },
  { event: 'phone.callee_ended', payload: { object: { call_id: 'CALL', log: '7187654321098765432' } } },
  { event: 'user.updated', payload: { object: { id: 'u1', email: 'jo@other.com' } } },
].map((event) => JSON.stringify(event).replace('"CALL"', '7187654321098765433'));

const replayed = async (args: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await runCli(['replay', '-', ...args], { input: `${EVENTS.join('\n')}\n` });
  return stdout.split('\n').slice(0, -1);
};

test.each([
  [
    ['-e', 'meeting'],
    [0, 1],
  ],
  [['-e', 'meeting.*,!meeting.participant_*'], [0]],
  [['-e', '!meeting', '-e', '!user'], [2]],
  [
    ['-e', 'user', '-e', 'phone'],
    [2, 3],
  ],
  [['-w', 'participant.email~@acme\\.com$'], [1]],
  [['-w', 'duration>=30', '-w', 'topic=Standup'], [0]],
  [['-w', 'call_id=7187654321098765433'], [2]],
  [['-w', 'call_id=7187654321098765432'], []],
  [['-w', 'log>7187654321098765431'], [2]],
  [
    ['-w', '!topic', '-w', 'event!~^phone'],
    [1, 3],
  ],
  [
    ['--meeting', '812 3456 7890'],
    [0, 1],
  ],
  [['--meeting', 'x', '--meeting', '812-3456-7890', '-e', 'meeting.started'], [0]],
])('%j lets through what it should, as it was sent', async (args, expected) => {
  expect(await replayed(args)).toEqual(expected.map((index) => EVENTS[index]));
});

test('names every malformed filter at once, with a caret under each place, and exits 2', async () => {
  const { status, stdout, stderr } = await runCli(['tail', '-e', 'a,meeting.[b]', '-w', 'topic~(', '--meeting', '-']);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/\n {2}a,meeting\.\[b\]\n {12}\^\n/);
  expect(stderr).toMatch(/\n {2}topic~\(\n {8}\^\n/);
  expect(stderr).toContain('--meeting "-": expected a meeting number or uuid');
});

test('a word left over exits 2 and says what the shell has probably done', async () => {
  const { status, stderr } = await runCli(['tail', '--event', 'meeting.md', 'meeting.txt']);
  expect(status).toBe(2);
  expect(stderr).toContain('the shell has probably expanded a pattern');
});

test('a pattern that matches no known type, or still has its quotes, is a warning', async () => {
  const { status, stderr } = await runCli(['replay', '-', '-e', "'meeting.strated'"], { input: EVENTS.join('\n') });
  expect(stderr).toContain('meeting.started');
  expect(stderr).toContain('taken without its quotes');
  expect(status).toBe(0);
});

test('a regular expression that would backtrack for ever finds what it should at once, in every command', async () => {
  const event = JSON.stringify({ event: 'meeting.started', payload: { object: { topic: `${'a'.repeat(100_000)}b` } } });
  const found = await runCli(['replay', '-', '-w', 'topic~^(a+)+b$', '-w', 'topic!~(a|aa)+$'], { input: `${event}\n` });
  expect(found).toMatchObject({ status: 0, stdout: `${event}\n` });
  const stats = await runCli(['stats', '-', '--json', '-w', 'topic~(a*)*c'], { input: `${event}\n` });
  expect(JSON.parse(stats.stdout).events).toMatchObject({ total: 1, matched: 0 });
});

test('a regular expression that needs more than that is exit 2 with the reason, beside all else that is wrong', async () => {
  const { status, stderr } = await runCli(['replay', '-', '-w', 'topic~(a)\\1', '-n', 'x'], { input: '' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/back-reference cannot be had[\s\S]*--limit|--limit[\s\S]*back-reference cannot be had/);
});
