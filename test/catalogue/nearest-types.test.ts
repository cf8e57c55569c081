import { expect, test } from 'vitest';
import { nearestTypes } from '../../src/catalogue/nearest-types.ts';

test.each([
  ['meeting.strated', 'meeting.started'],
  ['Meeting.Started', 'meeting.started'],
  ['meetings.started', 'meeting.started'],
  ['meeting.participant_joned', 'meeting.participant_joined'],
  ['bot_notifications', 'bot_notification'],
  ['recording.complete', 'recording.completed'],
  ['meting.*', 'meeting'],
  ['recordings', 'recording'],
  ['strated', 'meeting.started'],
  ['user.sign_in', 'user.signed_in'],
])('finds what was meant by %s', (typed, meant) => {
  expect(nearestTypes(typed, 3)).toContain(meant);
});

test.each(['', '*', '!', 'qqqqqqqqqqqqqqqqqqqqqqqqqqqq'])('has nothing to offer for "%s"', (typed) => {
  expect(nearestTypes(typed, 3)).toEqual([]);
});

test('offers no more than asked for', () => {
  expect(nearestTypes('meeting.s', 2)).toHaveLength(2);
});
