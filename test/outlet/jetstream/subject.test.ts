import fc from 'fast-check';
import { expect, test } from 'vitest';
import { subjectOf } from '../../../src/outlet/jetstream/subject.ts';

test.each([
  ['meeting.started', 'zoom.meeting.started'],
  ['', 'zoom._'],
  ['a.*.>', 'zoom.a._._'],
  ['..a..b..', 'zoom.a.b'],
  ['a b\r\nPUB x', 'zoom.a_b__PUB_x'],
  ['é', 'zoom._'],
])('an event of type %j goes to %s', (type, subject) => {
  expect(subjectOf('zoom', type)).toBe(subject);
});

test('whatever a stranger names an event, the subject is one that the server takes literally', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (type) => {
      expect(subjectOf('zoom', type)).toMatch(/^zoom(\.[\w-]+)+$/);
      expect(subjectOf('zoom', type).length).toBeLessThanOrEqual(250);
    }),
  );
});
