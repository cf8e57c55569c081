import { expect, test } from 'vitest';
import { FILTER_FLAGS, filterWarnings, keepOf, leftoverWords } from '../../../src/cli/shared/filter-flags.ts';
import { readFlags } from '../../../src/config/read-flags.ts';

const read = (typed: Readonly<Record<string, readonly string[]>>) => readFlags(FILTER_FLAGS, typed);

test('filters by what was typed', async () => {
  const { values } = read({ event: ['meeting,!meeting.ended'], where: ['topic~a,b'], meeting: ['1 2'] });
  const keep = await keepOf(values);
  expect(keep.keeps({ type: 'meeting.started', raw: '{"payload":{"object":{"id":12,"topic":"a,b"}}}' })).toBe(true);
  expect(keep.keeps({ type: 'meeting.ended', raw: '{"payload":{"object":{"id":12,"topic":"a,b"}}}' })).toBe(false);
});

test('names every malformed filter at once, each with its caret', () => {
  expect(read({ event: ['a,!'], where: ['=1', 'id=1'] }).complaints).toEqual([
    '--event "a,!": expected a name or pattern after "!"\na,!\n   ^',
    '--where "=1": expected the path of a field here\n=1\n^',
  ]);
});

test('warns of a pattern that matches no known type, with the nearest names', async () => {
  const { values } = read({ event: ['meeting.strated', 'user,zzzzzzzzzzzzzzzzzz,*.ended,!meeting.participant_*'] });
  const warnings = await filterWarnings(values);
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatch(/^--event meeting\.strated: .*did you mean .*meeting\.started/);
  expect(warnings[1]).toContain('zoom-ws events');
});

test('warns of quotes that the shell left standing', async () => {
  const { values } = read({ event: ["'meeting.*'"], where: ["'id=1'"], meeting: ["'1'"] });
  expect(await filterWarnings(values)).toEqual([
    "--event 'meeting.*': taken without its quotes",
    "--where 'id=1': taken without its quotes",
    "--meeting '1': taken without its quotes",
  ]);
});

const KNOWN = [
  ...['id=1', 'topic', '!participant.email', 'recording_files[].file_type=MP4', 'recording_files[]', 'event~^a'],
  ...['event_ts>1', 'payload.account_id=a', 'payload', '_meta.lag_ms>5', '_meta'],
];
const MEETINGS = ['81234567890', '812 3456 7890', '4u/+1234567890abcdefgh==', '%2F%2Fu1234567890abcdefghi%3D%3D'];

test('warns of a path that no known type has, with the nearest', async () => {
  const { values } = read({ where: ['topik=a', 'recording_files.file_type=MP4', '_meta.lag>5', 'qqqqqqqqqqqqqqqq'] });
  expect(await filterWarnings(values)).toEqual([
    expect.stringMatching(/^--where topik=a: no known event type has payload\.object\.topik; did you mean topic\b/),
    expect.stringMatching(/^--where recording_files\.file_type=MP4: .*did you mean recording_files\[\]\.file_type\b/),
    expect.stringMatching(/^--where _meta\.lag>5: .*did you mean .*_meta\.lag_ms/),
    expect.stringMatching(/^--where q+: .*"zoom-ws events TYPE" lists the fields/),
  ]);
});

test('warns of a meeting that is neither a number nor a uuid', async () => {
  const { values } = read({ meeting: ['Standup', '81234567890'] });
  expect(await filterWarnings(values)).toEqual([
    '--meeting Standup: neither a meeting number nor a uuid; --where topic=… looks for a topic',
  ]);
});

test('has nothing to say of filters that are well-formed and known', async () => {
  expect(
    await filterWarnings(read({ event: ['meeting,!meeting.ended'], where: KNOWN, meeting: MEETINGS }).values),
  ).toEqual([]);
});

test('says that the shell has probably expanded a pattern', async () => {
  const error = await leftoverWords(['meeting.txt', 'b']);
  expect(error.code).toBe('usage');
  expect(error.message).toContain('"meeting.txt" and 1 more');
  expect(error.message).toContain('the shell has probably expanded a pattern');
});

test.each(['meeting.started', 'meeting'])('of a known type or family says where it belongs: %s', async (word) => {
  const error = await leftoverWords([word]);
  expect(error.message).not.toContain('shell');
  expect(error.hint).toContain(`--event ${word}`);
});
