import { expect, test } from 'vitest';
import { EVENT_TYPES, isDocumented, loadCatalogue, nearestFields } from '../../src/catalogue/index.ts';

const fieldsOf = async (type: string) => (await loadCatalogue()).get(type)?.fields ?? {};

test('every documented field is, of every type', async () => {
  for (const type of EVENT_TYPES) {
    const fields = await fieldsOf(type);
    for (const path of Object.keys(fields)) expect(isDocumented(fields, path), `${type} ${path}`).toBe(true);
  }
});

test.each([
  ['meeting.started', 'event_ts', true],
  ['meeting.started', 'payload', true],
  ['meeting.participant_joined', 'payload.object.participant', true],
  ['meeting.participant_joined', 'payload.object.part', false],
  ['meeting.started', 'payload.object.topic.more', false],
  ['recording.completed', 'payload.object.recording_files', true],
  ['recording.completed', 'payload.object.recording_files[].status', true],
  ['recording.completed', 'payload.object.recording_files.status', false],
  ['phone.callee_missed', 'payload.object.redirect_forwarded_by.name', true],
  ['account.updated', 'payload.old_object.account_name', true],
])('%s: is %s documented? %s', async (type, path, expected) => {
  expect(isDocumented(await fieldsOf(type), path)).toBe(expected);
});

test.each([
  ['meeting.started', 'payload.object.topik', 'topic'],
  ['meeting.started', 'payload.object.Start_Time', 'start_time'],
  ['meeting.started', 'payload.acount_id', 'payload.account_id'],
  ['meeting.participant_joined', 'payload.object.user_name', 'participant.user_name'],
  ['recording.completed', 'payload.object.recording_files.status', 'recording_files[].status'],
  ['meeting.started', 'payload.object.xyzzyxyzzyxyzzy', undefined],
])('%s: nearest to %s is %s', async (type, path, expected) => {
  expect(nearestFields(await fieldsOf(type), path, 3)[0]).toBe(expected);
});
