import { describe, expect, test } from 'vitest';
import { factsOf } from '../../../src/format/pretty/facts.ts';
import { sentenceOf } from '../../../src/format/pretty/sentence-of.ts';

const said = (type: string, payload: unknown) =>
  sentenceOf(factsOf(type, { event: type, payload }, true))
    .map(({ text }) => text)
    .join('');

const meeting = { id: '85212345678', topic: 'Weekly sync' };

// Payloads as Zoom really sends them: with fields missing, empty, or in another shape than documented.
test.each([
  [
    'meeting.participant_left',
    {
      object: {
        ...meeting,
        participant: { user_name: 'Ada', leave_reason: 'Ada left the meeting.<br>Reason: Host ended the meeting.' },
      },
    },
    'Ada left “Weekly sync” (852 1234 5678) · Host ended the meeting.',
  ],
  [
    'meeting.participant_joined',
    { object: { ...meeting, participant: { user_name: '', email: '', phone_number: '+12025550142' } } },
    '+12025550142 joined “Weekly sync” (852 1234 5678)',
  ],
  ['meeting.participant_joined', { object: meeting }, 'someone joined “Weekly sync” (852 1234 5678)'],
  ['meeting.started', { object: { id: 85212345678 } }, 'meeting 852 1234 5678 started'],
  ['meeting.started', { object: { uuid: 'abc==' } }, 'meeting abc== started'],
  ['webinar.started', {}, 'a webinar started'],
  ['webinar.ended', undefined, 'a webinar ended'],
  [
    'meeting.ended',
    { object: { ...meeting, start_time: '2026-11-22T10:00:00Z', end_time: '2026-11-22T11:05:30Z' } },
    '“Weekly sync” (852 1234 5678) ended · lasted 1h 5m',
  ],
  [
    'meeting.updated',
    {
      operator: 'ada@example.com',
      object: { ...meeting, duration: 45 },
      old_object: { id: '85212345678', topic: 'Sync', duration: 30 },
    },
    'ada@example.com changed “Weekly sync” (852 1234 5678) · topic “Weekly sync”, duration 45',
  ],
  [
    'meeting.updated',
    { operator: 'ada@example.com', object: { ...meeting, password: 'abc' }, old_object: { password: 'xyz' } },
    'ada@example.com changed “Weekly sync” (852 1234 5678) · password',
  ],
  [
    'account.settings_updated',
    {
      operator: 'ada@example.com',
      object: { settings: { in_meeting: { chat: true } } },
      old_object: { settings: { in_meeting: { chat: false } } },
    },
    'ada@example.com changed the account: chat on',
  ],
  [
    'recording.completed',
    {
      object: {
        ...meeting,
        duration: 45,
        recording_files: [{ file_type: 'MP4', file_size: 93_400_000 }, { file_type: 'M4A' }],
      },
    },
    'recording of “Weekly sync” (852 1234 5678) is ready · 2 files (MP4, M4A), 93 MB · 45m',
  ],
  [
    'recording.completed',
    { object: { ...meeting, recording_files: null } },
    'recording of “Weekly sync” (852 1234 5678) is ready',
  ],
  [
    'phone.callee_ended',
    {
      object: {
        caller: { extension_number: 101 },
        callee: { phone_number: '+12025550142' },
        answer_start_time: '2026-11-22T10:00:00Z',
        call_end_time: '2026-11-22T10:02:05Z',
        call_id: '71',
      },
    },
    'call extension 101 → +12025550142 ended · lasted 2m 5s · call 71',
  ],
  [
    'group.member_added',
    {
      operator: 'ada@example.com',
      object: { id: 'g', members: ['a', 'b', 'c', 'd', 'e'].map((email) => ({ email })) },
    },
    'ada@example.com added a, b, c and 2 more to group g',
  ],
  [
    'user.created',
    { operator: 'ada@example.com', object: { first_name: 'Grace', last_name: 'Hopper', type: 2 } },
    'ada@example.com created Grace Hopper · licensed',
  ],
  [
    'user.created',
    { operator: 'ada@example.com', object: { first_name: 'Grace', type: 99 } },
    'ada@example.com created Grace · type 99',
  ],
  [
    'team_chat.dm_reaction_added',
    { operator: 'ada@example.com', object: { emoji: 'U+1F44D', contact_email: 'b@example.com' } },
    'ada@example.com reacted with 👍 to b@example.com',
  ],
  [
    'bot_notification',
    { userName: 'Ada', cmd: 'weather Berlin', channelName: 'general' },
    'Ada to the bot: weather Berlin · in general',
  ],
])('%s %j reads: %s', (type, payload, expected) => {
  expect(said(type, payload)).toBe(expected);
});

describe('a media stream', () => {
  test.each([
    [
      'meeting.rtms_stopped',
      { meeting_uuid: 'm==', rtms_stream_id: 's', stop_reason: 6 },
      'media stream of meeting m== stopped: the meeting ended · stream s',
    ],
    [
      'webinar.rtms_started',
      { webinar_uuid: 'w==', rtms_stream_id: 's' },
      'media stream of webinar w== started · stream s',
    ],
    [
      'contact_center.voice_rtms_stopped',
      { engagement_id: 'e', stop_reason: 99 },
      'media stream of engagement e stopped: stop reason 99',
    ],
    [
      'meeting.rtms_started',
      { object: { meeting_uuid: 'm==', rtms_stream_id: 's' } },
      'media stream of meeting m== started · stream s',
    ],
  ])('of any product reads alike: %s', (type, payload, expected) => {
    expect(said(type, payload)).toBe(expected);
  });
});
