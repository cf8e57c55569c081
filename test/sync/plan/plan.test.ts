import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, type SyncConfig } from '../../../src/sync/config/config.ts';
import type { Person } from '../../../src/sync/people/person.ts';
import type { Known } from '../../../src/sync/plan/newest.ts';
import { type PlanInput, planPerson } from '../../../src/sync/plan/plan.ts';
import type { Session } from '../../../src/sync/sessions/session.ts';

const START = Date.parse('2026-11-20T23:30:00Z');
const session: Session = {
  kind: 'webinar',
  id: '94498220792',
  uuid: 'u==',
  topic: 'Launch',
  start: START,
  end: START + 3_600_000,
  hostEmail: '',
  timezone: 'Asia/Tokyo',
  occurrenceId: undefined,
};
const person: Person = {
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  status: 'attended',
  join: START,
  leave: START + 3_600_000,
  minutes: 60,
  percent: 100,
  registrant: undefined,
};
const TYPES = new Map([
  ['FIRSTNAME', 'text'],
  ['MEETING_JOIN_DATE', 'date'],
  ['MEETING_DURATION', 'float'],
  ['WEBINAR_NAME', 'text'],
  ['ATTENDANCE_STATUS', 'text'],
]);
const event = { name: 'zoom_webinar_attended', session: 'u==', at: START, properties: {} };
const place: Known = { at: START, session: 'u==', number: session.id, status: 'attended' };
const config: SyncConfig = {
  ...DEFAULT_CONFIG,
  lists: { meetingParticipants: 15, webinarAttendees: 16, webinarRegistrants: 17 },
};
const contact = { id: 1, email: person.email, emailBlacklisted: false, listIds: [16], attributes: {} };
const plan = (input: Partial<PlanInput> = {}, more: Partial<SyncConfig> = {}, recreate = false) =>
  planPerson(
    { person, session, place, events: [event], contact: undefined, known: undefined, isAsked: false, ...input },
    { config: { ...config, ...more }, types: TYPES, recreate },
  );

test('whoever is not in Brevo is created, with what is known and nothing empty', () => {
  expect(plan()).toMatchObject({ action: 'create', lists: [16], events: [event] });
  expect(plan().attributes).toEqual({
    FIRSTNAME: 'Ada Lovelace',
    MEETING_JOIN_DATE: '2026-11-20',
    MEETING_DURATION: 60,
    WEBINAR_NAME: 'Launch',
    ATTENDANCE_STATUS: 'attended',
  });
});

test('dates are cut to the day in the zone, also that of the session; text attributes carry the instant', () => {
  const day = (timezone: string) => plan({}, { timezone }).attributes.MEETING_JOIN_DATE;
  expect([day('UTC'), day('Europe/Berlin'), day('meeting')]).toEqual(['2026-11-20', '2026-11-21', '2026-11-21']);
  const mapping = [{ source: 'join_time', attribute: 'FIRSTNAME' }];
  expect(plan({}, { mapping }).attributes).toEqual({ FIRSTNAME: '2026-11-20T23:30:00Z' });
});

test('only what differs is written; a number may be text in Brevo, a day an instant', () => {
  const attributes = {
    ...{ FIRSTNAME: 'Ada', MEETING_JOIN_DATE: '2026-11-20T00:00:00.000Z', MEETING_DURATION: '60' },
    ...{ WEBINAR_NAME: 'Launch', ATTENDANCE_STATUS: 'absent' },
  };
  const planned = plan({ contact: { ...contact, attributes } });
  expect(planned).toMatchObject({ action: 'update', lists: [], attributes: { ATTENDANCE_STATUS: 'attended' } });
  expect(Object.keys(planned.attributes)).toEqual(['ATTENDANCE_STATUS']);
  const same = { ...attributes, ATTENDANCE_STATUS: 'attended' };
  expect(plan({ contact: { ...contact, attributes: same } }).action).toBe('unchanged');
});

test('names are filled, overwritten, or never written', () => {
  const there = { contact: { ...contact, attributes: { FIRSTNAME: 'Augusta' } } };
  expect(plan(there).attributes.FIRSTNAME).toBeUndefined();
  expect(plan(there, { names: 'overwrite' }).attributes.FIRSTNAME).toBe('Ada Lovelace');
  expect(plan({ contact }).attributes.FIRSTNAME).toBe('Ada Lovelace');
  expect(plan({}, { names: 'never' }).attributes.FIRSTNAME).toBeUndefined();
});

test('an older session adds lists, sends its event, and changes no attribute', () => {
  const known: Known = { at: START + 86_400_000, session: 'newer==', number: '1', status: 'attended' };
  const planned = plan({ contact: { ...contact, listIds: [] }, known });
  expect(planned).toMatchObject({ action: 'update', attributes: {}, lists: [16], events: [event], known });
});

test('for one session the status never falls, except that a cancelled person may register again', () => {
  const status = (before: Known['status'], after: Known['status']) =>
    plan({
      contact,
      known: { ...place, status: before },
      person: { ...person, status: after },
      place: { ...place, status: after },
    }).attributes.ATTENDANCE_STATUS;
  expect(status('attended', 'absent')).toBeUndefined();
  expect(status('absent', 'attended')).toBe('attended');
  expect(status('cancelled', 'registered')).toBe('registered');
  expect(status('registered', 'cancelled')).toBe('cancelled');
});

test('blocklisted contacts are updated, and get no event', () => {
  expect(plan({ contact: { ...contact, emailBlacklisted: true } })).toMatchObject({
    ...{ action: 'update', events: [], isBlocklisted: true, reason: 'blocklisted' },
  });
});

test('a contact that the ledger knows and Brevo does not was deleted: skipped, unless asked for', () => {
  expect(plan({ known: place })).toMatchObject({ action: 'skip', isDeleted: true, events: [] });
  expect(plan({ known: place }, {}, true)).toMatchObject({ action: 'create', isDeleted: false });
});

test('contacts: existing makes nobody', () => {
  expect(plan({}, { contacts: 'existing' })).toMatchObject({ action: 'skip', isDeleted: false, events: [] });
});

test('with double opt-in a new contact is asked once, and gets neither list nor event before', () => {
  const doubleOptIn = { templateId: 2, redirectUrl: 'https://example.com' };
  expect(plan({}, { doubleOptIn })).toMatchObject({ action: 'confirm', lists: [16], events: [] });
  expect(plan({ isAsked: true }, { doubleOptIn })).toMatchObject({
    action: 'skip',
    reason: 'waiting for confirmation',
  });
  expect(plan({ contact }, { doubleOptIn })).toMatchObject({ action: 'update', events: [event] });
});
