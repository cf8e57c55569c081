import { expect, test } from 'vitest';
import { EVENT_TYPES, loadCatalogue, seededRandom } from '../../../src/catalogue/index.ts';
import { tellStories } from '../../../src/simulator/index.ts';

const catalogue = await loadCatalogue();
const EPOCH = Date.parse('2026-11-22T01:42:00Z');

type Event = {
  event: string;
  event_ts: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs by type; each test names what it reads.
  payload: any;
};

/** The first events of a seed, half a second apart. */
const tell = (seed: number, count: number, passes?: (type: string) => boolean): Event[] => {
  const events: Event[] = [];
  const now = () => EPOCH + events.length * 500;
  const told = tellStories({ catalogue, random: seededRandom(seed), accountId: 'A', now, ...(passes && { passes }) });
  for (const text of told) {
    events.push(JSON.parse(text));
    if (events.length === count) break;
  }
  return events;
};

const EVENTS = tell(7, 4_000);

/** The events of each thing, in order. */
const byKey = (events: readonly Event[], key: (event: Event) => string | undefined): Event[][] => {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const name = key(event);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), event]);
  }
  return [...groups.values()];
};

const meetings = byKey(EVENTS, ({ event, payload }) =>
  /^(meeting|recording)\./.test(event) ? payload.object?.uuid : undefined,
).filter((life) => life[0]?.event === 'meeting.created' && life.some(({ event }) => event === 'meeting.ended'));

test('a meeting lives in order: created, started, joins, leaves, ended, recorded, transcribed', () => {
  expect(meetings.length).toBeGreaterThan(50);
  const order = [
    'meeting.created',
    'meeting.started',
    'meeting.participant_joined',
    'meeting.sharing_started',
    'meeting.sharing_ended',
    'meeting.ended',
    'recording.completed',
    'recording.transcript_completed',
  ];
  for (const life of meetings) {
    const places = order.map((type) => life.findIndex(({ event }) => event === type)).filter((place) => place >= 0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.length).toBeGreaterThanOrEqual(6);
  }
});

test('a meeting keeps its number, topic, host, account and start from one event to the next', () => {
  for (const life of meetings) {
    const facts = (key: string) =>
      new Set(life.map(({ payload }) => String(payload.object[key] ?? life[0]?.payload.object[key])));
    for (const key of ['id', 'topic', 'host_id', 'timezone']) expect([key, facts(key).size]).toEqual([key, 1]);
    const started = life.filter(({ event }) => event !== 'meeting.created' && event !== 'meeting.updated');
    const starts = started.map(({ payload }) => payload.object.start_time).filter((start) => start !== undefined);
    expect(new Set(starts).size).toBe(1);
  }
  expect(new Set(EVENTS.map(({ payload }) => payload.account_id ?? payload.accountId ?? 'A'))).toEqual(new Set(['A']));
});

test('whoever leaves has joined, whoever joined leaves before the end, and each stay has one uuid', () => {
  for (const life of meetings) {
    const inside = new Set<string>();
    for (const { event, payload } of life) {
      const uuid = payload.object.participant?.participant_uuid;
      if (event === 'meeting.participant_joined') {
        expect(inside).not.toContain(uuid);
        inside.add(uuid);
        expect(Date.parse(payload.object.participant.join_time)).toBeGreaterThanOrEqual(
          Date.parse(payload.object.start_time),
        );
      }
      if (event === 'meeting.participant_left') {
        expect(inside.delete(uuid)).toBe(true);
        expect(payload.object.participant.leave_reason).toMatch(/left|ended|error/);
      }
      if (event === 'meeting.ended') expect(inside).toEqual(new Set());
    }
  }
});

test('time moves on: no event is older than the one before, and ends come after starts', () => {
  const stamps = EVENTS.map(({ event_ts }) => event_ts);
  expect(stamps).toEqual(EVENTS.map((_, index) => EPOCH + index * 500));
  for (const { payload } of EVENTS.filter(({ event }) => event === 'meeting.ended' || event === 'webinar.ended')) {
    expect(Date.parse(payload.object.end_time)).toBeGreaterThanOrEqual(Date.parse(payload.object.start_time));
  }
});

test('a call rings before it is answered, and is answered before it ends', () => {
  const calls = byKey(EVENTS, ({ event, payload }) =>
    /^phone\.calle[er]_/.test(event) ? payload.object?.call_id : undefined,
  ).filter((call) => call.length > 2);
  expect(calls.length).toBeGreaterThan(20);
  for (const call of calls) {
    const places = [
      'phone.caller_ringing',
      'phone.callee_ringing',
      'phone.callee_answered',
      'phone.caller_connected',
      'phone.callee_ended',
    ]
      .map((type) => call.findIndex(({ event }) => event === type))
      .filter((place) => place >= 0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(call.map(({ payload }) => payload.object.callee?.extension_id)).size).toBeLessThanOrEqual(2);
  }
});

test('a webinar lets in whom it approved, under the id of the registration', () => {
  const webinars = byKey(EVENTS, ({ event, payload }) =>
    event.startsWith('webinar.') ? payload.object?.uuid : undefined,
  ).filter(([first]) => first?.event === 'webinar.created');
  expect(webinars.length).toBeGreaterThan(20);
  for (const life of webinars) {
    const of = (type: string) =>
      life.filter(({ event }) => event === `webinar.${type}`).map(({ payload }) => payload.object);
    const registered = of('registration_created').map(({ registrant }) => registrant.id);
    const approved = of('registration_approved').map(({ registrant }) => registrant.id);
    const [host] = life.map(({ payload }) => payload.object.host_id);
    const guests = of('participant_joined').filter(({ participant }) => participant.id !== host);
    expect(registered).toEqual(expect.arrayContaining(approved));
    expect(approved).toEqual(expect.arrayContaining(guests.map(({ participant }) => participant.registrant_id)));
  }
});

test('every kind of story is told, and now and then one event of any family', () => {
  const families = new Set(EVENTS.map(({ event }) => event.split('.')[0]));
  for (const family of [
    'meeting',
    'recording',
    'webinar',
    'user',
    'phone',
    'chat_message',
    'team_chat',
    'chat_channel',
    'session',
  ]) {
    expect(families).toContain(family);
  }
});

test.each(EVENT_TYPES)('%s can be told, with every documented field and documented values only', (type) => {
  const [event] = tell(1, 1, (name) => name === type);
  expect(event?.event).toBe(type);
  for (const [path, documented] of Object.entries(catalogue.get(type)?.fields ?? {})) {
    const found = valuesAt(event, path.split('.'));
    expect([path, found.length > 0]).toEqual([path, true]);
    for (const value of found) expect([path, value, isOf(documented, value)]).toEqual([path, value, true]);
  }
});

test('the stories themselves stay within the documented fields and values', () => {
  for (const event of EVENTS.slice(0, 1_000)) {
    for (const [path, documented] of Object.entries(catalogue.get(event.event)?.fields ?? {})) {
      const found = valuesAt(event, path.split('.'));
      expect([event.event, path, found.length > 0]).toEqual([event.event, path, true]);
      for (const value of found)
        expect([event.event, path, value, isOf(documented, value)]).toEqual([event.event, path, value, true]);
    }
  }
});

test('nothing is told where no type passes', () => {
  expect(tell(1, 1, () => false)).toEqual([]);
});

test('the same seed tells the same at another time, and another seed something else', () => {
  const types = (seed: number) => tell(seed, 50).map(({ event }) => event);
  expect(types(3)).toEqual(types(3));
  expect(types(3)).not.toEqual(types(4));
});

const valuesAt = (at: unknown, [key = '', ...rest]: readonly string[]): unknown[] => {
  if (typeof at !== 'object' || at === null) return [];
  const isList = key.endsWith('[]');
  const name = key.replace('[]', '').replace('$changed_field_name', 'account_alias');
  if (!Object.hasOwn(at, name)) return [];
  const child = (at as Record<string, unknown>)[name];
  const children = isList && Array.isArray(child) ? child : [child];
  return rest.length === 0 ? children : children.flatMap((item) => valuesAt(item, rest));
};

const isOf = (documented: string, value: unknown): boolean => {
  if (['string', 'number', 'boolean', 'object'].includes(documented)) return typeof value === documented;
  return documented.split('|').includes(JSON.stringify(value)) || documented.includes(`"${value}"`);
};
