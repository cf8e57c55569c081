import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Complaint } from '../../../src/config/flag.ts';
import { compileEventFilter } from '../../../src/flow/match/event-filter.ts';
import { parseEventPatterns } from '../../../src/flow/match/event-pattern.ts';

const passes = (text: string, type: string): boolean => compileEventFilter(parseEventPatterns(text).patterns)(type);

test.each([
  ['meeting', 'meeting', true],
  ['meeting', 'meeting.started', true],
  ['meeting', 'meetings.started', false],
  ['meeting', 'webinar.started', false],
  ['meeting.started', 'meeting.started', true],
  ['meeting.started', 'meeting.started.again', false],
  ['meeting.*,!meeting.participant_*', 'meeting.started', true],
  ['meeting.*,!meeting.participant_*', 'meeting.participant_left', false],
  ['!meeting.participant_*,meeting.*', 'meeting.participant_left', false],
  ['!meeting', 'webinar.started', true],
  ['!meeting', 'meeting.ended', false],
  ['!meeting', 'meeting', false],
  ['user, recording', 'recording.completed', true],
  ['app_deauthorized', 'app_deauthorized', true],
  ['*', 'anything.at_all', true],
  ['?eeting.started', 'meeting.started', true],
  ['bot', 'bot_installed', false],
  ['new-family.thing/2', 'new-family.thing/2', true],
])('--event %s lets %s pass: %s', (text, type, expected) => {
  expect(passes(text, type)).toBe(expected);
});

test.each([
  ["'meeting.*'", ['meeting.*']],
  ['"meeting.*"', ['meeting.*']],
  ["'meeting.*,!meeting.ended'", ['meeting.*', '!meeting.ended']],
  ["'meeting','user'", ['meeting', 'user']],
  ["!'meeting.*'", ['!meeting.*']],
  ["'!meeting.*'", ['!meeting.*']],
  ['“meeting”', ['meeting']],
])('takes %s without its quotes', (text, patterns) => {
  const parsed = parseEventPatterns(text);
  expect(parsed.patterns.map(({ pattern, excludes }) => `${excludes ? '!' : ''}${pattern}`)).toEqual(patterns);
  expect(parsed.wasQuoted).toBe(true);
});

test('does not claim quotes where there are none', () => {
  expect(parseEventPatterns('meeting,!user').wasQuoted).toBe(false);
});

test.each([
  ['!', 'expected a name or pattern after "!"\n!\n ^'],
  ['meeting,!', 'expected a name or pattern after "!"\nmeeting,!\n         ^'],
  [
    'meeting.{started,ended}',
    'an event pattern has names, "*", "?" and a leading "!" only\nmeeting.{started,ended}\n        ^',
  ],
  [
    'user,meeting started',
    'an event pattern has names, "*", "?" and a leading "!" only\nuser,meeting started\n            ^',
  ],
  ["meeting,'user", 'an event pattern has names, "*", "?" and a leading "!" only\nmeeting,\'user\n        ^'],
  ['a,!!b', 'an event pattern has names, "*", "?" and a leading "!" only\na,!!b\n   ^'],
  [' , ', "expected a pattern, such as meeting or 'recording.*'"],
])('puts the caret under what is wrong in "%s"', (text, message) => {
  expect(() => parseEventPatterns(text)).toThrow(new Complaint(message));
});

test('throws nothing but a Complaint, and what it accepts judges any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, type) => {
      try {
        expect(typeof passes(text, type)).toBe('boolean');
      } catch (error) {
        expect(error).toBeInstanceOf(Complaint);
      }
    }),
  );
});
