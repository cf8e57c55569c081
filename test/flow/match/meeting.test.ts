import { expect, test } from 'vitest';
import catalogue from '../../../src/catalogue/zoom-events.json' with { type: 'json' };
import { Complaint } from '../../../src/config/flag.ts';
import { compileKeep, parseMeeting } from '../../../src/flow/match/index.ts';

const UUID = '4u/+Be1aQA+ZQ==';

const belongs = (wanted: string, type: string, payload: unknown): boolean =>
  compileKeep({ event: [], meeting: [parseMeeting(wanted)], where: [] }).keeps({
    type,
    raw: JSON.stringify({ event: type, payload }),
  });

test.each([
  ['12345678901', 'meeting.started', { object: { id: '12345678901' } }],
  ['12345678901', 'meeting.started', { object: { id: 12345678901 } }],
  ['123 4567 8901', 'webinar.started', { object: { id: 12345678901 } }],
  ['123-4567-8901', 'recording.completed', { object: { id: 12345678901 } }],
  ['123–4567–8901', 'recording.completed', { object: { id: 12345678901 } }],
  [UUID, 'meeting.ended', { object: { uuid: UUID } }],
  [encodeURIComponent(UUID), 'meeting.ended', { object: { uuid: UUID } }],
  [encodeURIComponent(encodeURIComponent(UUID)), 'meeting.ended', { object: { uuid: UUID } }],
  ["'12345678901'", 'meeting.started', { object: { id: 12345678901 } }],
  ['1', 'meeting.summary_completed', { object: { meeting_id: 1 } }],
  [UUID, 'meeting.summary_completed', { object: { meeting_uuid: UUID } }],
  [UUID, 'meeting.rtms_started', { meeting_uuid: UUID }],
  ['s1==', 'session.rtms_started', { session_id: 's1==' }],
  ['s1==', 'session.started', { object: { id: 's1==' } }],
  ['1', 'phone.callee_meeting_inviting', { object: { meeting_id: '1' } }],
  ['1', 'webinar.chat_message_file_sent', { object: { webinar_id: 1 } }],
  [UUID, 'recording.batch_deleted', { object: { meetings: [{ meeting_uuid: 'x' }, { meeting_uuid: UUID }] } }],
  [UUID, 'recording.batch_trashed', { object: { meeting_uuids: ['x', UUID] } }],
  [UUID, 'recording.completed', { object: { recording_files: [{ meeting_id: UUID }] } }],
  ['1', 'meeting.updated', { object: {}, old_object: { id: 1 } }],
  ['1', 'rooms.new_thing', { object: { id: 1, uuid: 'x' } }],
  ['1', 'rooms.new_thing', { object: { meeting_number: 1 } }],
])('%s finds %s %j', (wanted, type, payload) => {
  expect(belongs(wanted, type, payload)).toBe(true);
});

test.each([
  ['1', 'user.created', { object: { id: '1' } }],
  ['1', 'phone.voicemail_received', { object: { id: '1' } }],
  ['1', 'meeting.participant_joined', { object: { id: '2', participant: { id: '1', user_id: '1' } } }],
  ['1', 'meeting.started', { object: { id: '12', host_id: '1' } }],
  ['s1', 'chat_message.sent', { object: { session_id: 's1' } }],
  ['1', 'recording.completed', { object: { id: 2, recording_files: [{ id: '1' }] } }],
  [UUID.toLowerCase(), 'meeting.ended', { object: { uuid: UUID } }],
])('%s does not find %s %j', (wanted, type, payload) => {
  expect(belongs(wanted, type, payload)).toBe(false);
});

test.each([
  ['{"event":"meeting.x","payload":{"object":{"id":1.2e10}}}', '12000000000'],
  ['{"event":"meeting.x","payload":{"object":{"id":"\\u0031\\u0032"}}}', '12'],
  ['{"event":"meeting.x","payload":{"object":{"uuid":"a\\/b"}}}', 'a/b'],
])('finds a name behind another spelling of the JSON: %s', (raw, wanted) => {
  const keep = compileKeep({ event: [], meeting: [parseMeeting(wanted)], where: [] });
  expect(keep.keeps({ type: 'meeting.x', raw })).toBe(true);
});

test('any of several meetings is enough', () => {
  const keep = compileKeep({ event: [], meeting: [parseMeeting('1'), parseMeeting('2')], where: [] });
  const raw = (id: number) => JSON.stringify({ payload: { object: { id } } });
  expect([1, 2, 3].map((id) => keep.keeps({ type: 'meeting.started', raw: raw(id) }))).toEqual([true, true, false]);
});

test.each(['-', '  ', "''", '%'])('"%s" is no meeting', (text) => {
  expect(() => parseMeeting(text)).toThrow(Complaint);
});

test('every documented field with a meeting in its name is looked at', () => {
  const missed = Object.entries(catalogue).flatMap(([type, { fields }]) =>
    Object.keys(fields)
      .filter((path) => /(?:meeting|webinar)_(?:id|number|uuids?)(?:\[\])?$/.test(path))
      .filter((path) => !belongs('4242', type, nest(path.split('.').slice(1), '4242')))
      .map((path) => `${type} ${path}`),
  );
  expect(missed).toEqual([]);
});

const nest = ([head = '', ...rest]: readonly string[], leaf: string): unknown => {
  const inner = rest.length === 0 ? leaf : nest(rest, leaf);
  return head.endsWith('[]') ? { [head.slice(0, -2)]: [inner] } : { [head]: inner };
};
