import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/sync/config/config.ts';
import { peopleOf } from '../../../src/sync/people/people.ts';
import type { Registrant, StayRow } from '../../../src/sync/people/stay.ts';
import type { Session } from '../../../src/sync/sessions/session.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-20T10:00:00Z');
const session: Session = {
  kind: 'webinar',
  id: '1',
  uuid: 'u',
  topic: 'Launch',
  start: START,
  end: START + 60 * MINUTE,
  hostEmail: 'host@example.com',
  timezone: undefined,
  occurrenceId: undefined,
};
const at = (minute: number | undefined) => (minute === undefined ? undefined : START + minute * MINUTE);
const stay = (email: string, from?: number, to?: number, more: Partial<StayRow> = {}): StayRow => ({
  email,
  registrantId: '',
  name: 'Name',
  join: at(from),
  leave: at(to),
  seconds: undefined,
  isWaiting: false,
  isInternal: false,
  ...more,
});
const registrant = (id: string, email: string, more: Partial<Registrant> = {}): Registrant => ({
  id,
  email,
  firstName: 'Ada',
  lastName: 'Lovelace',
  createdAt: undefined,
  source: '',
  questions: {},
  fields: {},
  ...more,
});
const people = (
  rows: readonly StayRow[],
  registrants: readonly Registrant[] = [],
  more: object = {},
  config: object = {},
) =>
  peopleOf(
    { session, rows, registrants, absentees: undefined, panelists: new Set(), ...more },
    { ...DEFAULT_CONFIG, ...config },
  );
const one = (rows: readonly StayRow[], registrants?: readonly Registrant[]) => people(rows, registrants).people[0];

test('overlapping and touching stays count once', () => {
  const person = one([stay('a@x.y', 0, 20), stay('A@X.Y ', 10, 30), stay('a@x.y', 30, 40), stay('a@x.y', 50, 55)]);
  expect(person).toMatchObject({ email: 'a@x.y', minutes: 45, percent: 75, join: at(0), leave: at(55) });
});

test('a missing leave is the end of the session', () => {
  expect(one([stay('a@x.y', 50)])).toMatchObject({ minutes: 10, leave: at(60) });
});

test('a row without times adds its duration, and sends no date', () => {
  expect(one([stay('a@x.y', undefined, undefined, { seconds: 90 })])).toMatchObject({ minutes: 1.5, join: undefined });
});

test('no total exceeds the session', () => {
  expect(one([stay('a@x.y', -10, 70), stay('a@x.y', undefined, undefined, { seconds: 600 })])).toMatchObject({
    minutes: 60,
    percent: 100,
  });
});

test('rows of the waiting room do not count', () => {
  expect(people([stay('a@x.y', 0, 20, { isWaiting: true })])).toEqual({ people: [], withoutEmail: 0, leftOut: 0 });
});

test('an empty address is looked up by the registration; whoever still has none is counted once', () => {
  const rows = [
    stay('', 0, 10, { registrantId: 'r1' }),
    stay('', 0, 10, { name: 'Guest' }),
    stay('', 20, 30, { name: 'Guest' }),
    stay('', 0, 10, { name: '' }),
  ];
  const found = people(rows, [registrant('r1', 'Reg@x.y')]);
  expect(found.people).toMatchObject([{ email: 'reg@x.y', status: 'attended' }]);
  expect(found.withoutEmail).toBe(2);
});

test('whoever registered and joined under another address is one person, under the registered one', () => {
  const found = people([stay('private@x.y', 0, 10, { registrantId: 'r1' })], [registrant('r1', 'work@x.y')]);
  expect(found.people).toMatchObject([{ email: 'work@x.y', name: 'Ada Lovelace', status: 'attended' }]);
});

test('plus tags stay', () => {
  expect(one([stay('Ada+Zoom@X.y', 0, 10)])?.email).toBe('ada+zoom@x.y');
});

test("absent are Zoom's absentees, or where it refuses them, whoever registered and did not come", () => {
  const registrants = [registrant('r1', 'a@x.y'), registrant('r2', 'b@x.y'), registrant('r3', 'c@x.y')];
  const statuses = (absentees?: ReadonlySet<string>) =>
    people([stay('a@x.y', 0, 10)], registrants, { absentees }).people.map(({ status }) => status);
  expect(statuses()).toEqual(['attended', 'absent', 'absent']);
  expect(statuses(new Set(['b@x.y']))).toEqual(['attended', 'absent', 'registered']);
});

test('the settings leave out domains, insiders, the host and panelists', () => {
  const rows = [
    stay('a@corp.example.org', 0, 10),
    stay('in@x.y', 0, 10, { isInternal: true }),
    stay('host@example.com', 0, 10),
    stay('panel@x.y', 0, 10),
    stay('ok@x.y', 0, 10),
  ];
  const exclude = { domains: ['example.org'], internal: true, host: true, panelists: true };
  const found = people(rows, [], { panelists: new Set(['panel@x.y']) }, { exclude });
  expect(found.people.map(({ email }) => email)).toEqual(['ok@x.y']);
  expect(found.leftOut).toBe(4);
});

test('with consent, only registrants with one of the answers are synced', () => {
  const consent = { question: 'May we write to you?', yes: ['Yes', 'Sure'] };
  const answered = (id: string, answer: string) =>
    registrant(id, `${id}@x.y`, { questions: { ' may we write to you? ': answer } });
  const found = people([stay('guest@x.y', 0, 10)], [answered('a', 'yes '), answered('b', 'No')], {}, { consent });
  expect(found.people.map(({ email }) => email)).toEqual(['a@x.y']);
  expect(found.leftOut).toBe(2);
});
