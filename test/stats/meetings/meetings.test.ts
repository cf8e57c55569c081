import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../../src/event/arrival.ts';
import { createMeetings, meetingsCsv, meetingsJson } from '../../../src/stats/index.ts';

const T = Date.UTC(2026, 10, 22, 10);
const iso = (second: number): string => new Date(T + second * 1000).toISOString().replace('.000', '');
const MEETING = { id: '81234567890', uuid: 'u==', host_id: 'h1', topic: 'Standup' };

const event = (type: string, second: number, object: object): Arrival => ({
  kind: 'event',
  type,
  raw: JSON.stringify({ event: type, event_ts: T + second * 1000, payload: { account_id: 'a', object } }),
  receivedAt: T + second * 1000 + 200,
  subscription: '',
});
const started = (second: number, meeting: object = MEETING) =>
  event('meeting.started', second, { ...meeting, start_time: iso(second) });
const ended = (second: number, meeting: object = MEETING) =>
  event('meeting.ended', second, { ...meeting, end_time: iso(second) });
const joined = (second: number, participant: object, meeting: object = MEETING) =>
  event('meeting.participant_joined', second, { ...meeting, participant: { ...participant, join_time: iso(second) } });
const left = (second: number, participant: object, meeting: object = MEETING) =>
  event('meeting.participant_left', second, { ...meeting, participant: { ...participant, leave_time: iso(second) } });
const gap = (from: number, to: number): Arrival => ({
  kind: 'lifecycle',
  type: 'zoom_ws.gap',
  raw: JSON.stringify({
    event: 'zoom_ws.gap',
    payload: { object: { from: iso(from), to: iso(to), duration_ms: (to - from) * 1000 } },
  }),
  receivedAt: T + to * 1000,
});

const rebuilt = (arrivals: readonly Arrival[]) => {
  const meetings = createMeetings();
  for (const arrival of arrivals) meetings.add(arrival);
  return meetings.finish();
};
const json = (arrivals: readonly Arrival[]) => JSON.parse(meetingsJson(rebuilt(arrivals))).meetings;
const rows = (arrivals: readonly Arrival[]) => meetingsCsv(rebuilt(arrivals)).split('\n').slice(1, -1);

const ADA = { user_id: '1', user_name: 'Ada', id: 'h1', email: 'ada@x.com' };
const BOB = { user_id: '2', user_name: 'Bob', id: '', email: 'bob@x.com' };

test('rebuilds a meeting that is told in full', () => {
  const all = [started(0), joined(5, ADA), joined(10, BOB), left(50, BOB), left(60, ADA), ended(60)];
  expect(json(all)).toEqual([
    {
      meeting_id: '81234567890',
      uuid: 'u==',
      topic: 'Standup',
      host: { id: 'h1', name: 'Ada', email: 'ada@x.com' },
      started: '2026-11-22T10:00:00.000Z',
      ended: '2026-11-22T10:01:00.000Z',
      seconds: 60,
      open: false,
      complete: true,
      participants: { total: 2, distinct: 2 },
      people: [
        {
          name: 'Ada',
          email: 'ada@x.com',
          id: 'h1',
          phone_number: '',
          seconds: 55,
          stays: [
            { joined: '2026-11-22T10:00:05.000Z', left: '2026-11-22T10:01:00.000Z', seconds: 55, complete: true },
          ],
        },
        {
          name: 'Bob',
          email: 'bob@x.com',
          id: '',
          phone_number: '',
          seconds: 40,
          stays: [
            { joined: '2026-11-22T10:00:10.000Z', left: '2026-11-22T10:00:50.000Z', seconds: 40, complete: true },
          ],
        },
      ],
      gaps: [],
    },
  ]);
  expect(rows(all)).toEqual([
    '81234567890,u==,Standup,Ada,Ada,ada@x.com,2026-11-22T10:00:05.000Z,2026-11-22T10:01:00.000Z,55,true',
    '81234567890,u==,Standup,Ada,Bob,bob@x.com,2026-11-22T10:00:10.000Z,2026-11-22T10:00:50.000Z,40,true',
  ]);
});

const summaryOf = (arrivals: readonly Arrival[]) =>
  json(arrivals).map(
    ({
      people,
      participants,
      complete,
    }: {
      people: { name: string; seconds: number | null }[];
      participants: object;
      complete: boolean;
    }) => ({
      people: people.map(({ name, seconds }) => `${name} ${seconds}`),
      ...participants,
      complete,
    }),
  );

test.each([
  [
    'a rejoin is one person, and two stays',
    [joined(0, ADA), left(10, ADA), joined(20, { ...ADA, user_id: '7' }), left(30, { ...ADA, user_id: '7' })],
    { people: ['Ada 20'], total: 2, distinct: 1 },
  ],
  [
    'two devices at once count once',
    [joined(0, ADA), joined(5, { ...ADA, user_id: '7' }), left(10, ADA), left(30, { ...ADA, user_id: '7' })],
    { people: ['Ada 30'], total: 2, distinct: 1 },
  ],
  [
    'an e-mail is the same in any case',
    [
      joined(0, BOB),
      left(5, BOB),
      joined(6, { ...BOB, user_id: '3', email: 'BOB@x.com' }),
      left(8, { ...BOB, user_id: '3', email: 'BOB@x.com' }),
    ],
    { people: ['Bob 7'], total: 2, distinct: 1 },
  ],
  [
    'guests of one name at the same time are two',
    [
      joined(0, { user_id: '1', user_name: 'iPhone' }),
      joined(1, { user_id: '2', user_name: 'iPhone' }),
      left(5, { user_id: '2', user_name: 'iPhone' }),
      left(9, { user_id: '1', user_name: 'iPhone' }),
    ],
    { people: ['iPhone 9', 'iPhone 4'], total: 2, distinct: 2 },
  ],
  [
    'guests of one name, one after the other, are one',
    [
      joined(0, { user_id: '1', user_name: 'iPhone' }),
      left(5, { user_id: '1', user_name: 'iPhone' }),
      joined(6, { user_id: '2', user_name: 'iPhone' }),
      left(9, { user_id: '2', user_name: 'iPhone' }),
    ],
    { people: ['iPhone 8'], total: 2, distinct: 1 },
  ],
  [
    'guests without a name are each their own',
    [joined(0, { user_id: '1' }), left(5, { user_id: '1' }), joined(6, { user_id: '2' }), left(9, { user_id: '2' })],
    { people: [' 5', ' 3'], total: 2, distinct: 2 },
  ],
  [
    'a repeat changes nothing',
    [joined(0, ADA), joined(0, ADA), left(5, ADA), left(5, ADA)],
    { people: ['Ada 5'], total: 1, distinct: 1 },
  ],
  [
    'without user_id a leave is found by e-mail, then by name',
    [
      joined(0, { user_name: 'Bob', email: 'b@x.com' }),
      joined(1, { user_name: 'Cy' }),
      left(5, { user_name: 'Robert', email: 'b@x.com' }),
      left(9, { user_name: 'Cy' }),
    ],
    { people: ['Bob 5', 'Cy 8'], total: 2, distinct: 2 },
  ],
  [
    'a leave that comes before its join is put in order',
    [left(5, ADA), joined(0, ADA)],
    { people: ['Ada 5'], total: 1, distinct: 1 },
  ],
  ['a leave whose join is missing', [left(5, ADA)], { people: ['Ada null'], total: 1, distinct: 1 }],
  [
    'a stay that begins again before it ended',
    [joined(0, ADA), joined(10, ADA), left(15, ADA)],
    { people: ['Ada 5'], total: 2, distinct: 1 },
  ],
  ['a join after the end that nobody left', [joined(99, ADA)], { people: ['Ada null'], total: 1, distinct: 1 }],
])('%s', (_name, marks, expected) => {
  expect(summaryOf([started(0), ...marks, ended(60)])).toMatchObject([expected]);
});

test('is complete only if nothing is missing', () => {
  const full = [started(0), joined(1, ADA), left(9, ADA), ended(10)];
  expect(summaryOf(full)).toMatchObject([{ complete: true }]);
  for (const missing of full)
    expect(summaryOf(full.filter((mark) => mark !== missing))).toMatchObject([{ complete: false }]);
  expect(summaryOf([...full, gap(3, 4)])).toMatchObject([{ complete: false }]);
  expect(summaryOf([...full, gap(11, 12)])).toMatchObject([{ complete: true }]);
});

test('the end of the meeting ends what nobody left', () => {
  expect(rows([started(0), joined(1, ADA), ended(10)])).toEqual([
    '81234567890,u==,Standup,Ada,Ada,ada@x.com,2026-11-22T10:00:01.000Z,2026-11-22T10:00:10.000Z,9,false',
  ]);
});

test('what is still open lasts until the recording ends, also where filters let nothing else through', () => {
  const meetings = createMeetings();
  for (const arrival of [started(0), joined(1, ADA)]) meetings.add(arrival);
  meetings.passOver(event('user.updated', 30, {}));
  expect(meetingsCsv(meetings.finish()).split('\n')[1]).toBe(
    '81234567890,u==,Standup,Ada,Ada,ada@x.com,2026-11-22T10:00:01.000Z,,29,false',
  );
});

test('names the gaps that lie in a meeting', () => {
  const [meeting] = json([started(0), gap(3, 5), ended(10), gap(20, 30)]);
  expect(meeting.gaps).toEqual([
    { from: '2026-11-22T10:00:03.000Z', to: '2026-11-22T10:00:05.000Z', duration_ms: 2000 },
  ]);
});

test('sessions of one number are told apart by uuid, and without one by their end', () => {
  const again = { ...MEETING, uuid: 'v==' };
  expect(
    json([started(0), joined(1, ADA), started(5, again), joined(6, ADA, again), ended(9), ended(12, again)]),
  ).toMatchObject([
    { uuid: 'u==', seconds: 9 },
    { uuid: 'v==', seconds: 7 },
  ]);
  const bare = { id: 7, topic: 'x' };
  expect(json([started(0, bare), ended(5, bare), started(10, bare), ended(12, bare)])).toMatchObject([
    { meeting_id: '7', uuid: '', seconds: 5 },
    { meeting_id: '7', uuid: '', seconds: 2 },
  ]);
});

test('takes event_ts where an event does not tell the time itself', () => {
  expect(json([event('meeting.started', 3, MEETING)])).toMatchObject([
    { started: '2026-11-22T10:00:03.000Z', open: true, ended: null },
  ]);
});

test('webinars are meetings; other events and those of no meeting make none', () => {
  expect(json([event('webinar.started', 0, MEETING)])).toHaveLength(1);
  expect(
    json([
      event('meeting.created', 0, MEETING),
      event('meeting.started', 0, {}),
      event('meeting.started', 0, { id: null }),
    ]),
  ).toEqual([]);
});

test('quotes as RFC 4180 has it, so that a reader gets back what was put in', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '会') });
  fc.assert(
    fc.property(text, text, (topic, name) => {
      const csv = meetingsCsv(
        rebuilt([
          started(0, { ...MEETING, topic }),
          joined(1, { user_id: '1', user_name: name }, { ...MEETING, topic }),
        ]),
      );
      const [, row = []] = parseCsv(csv);
      expect([row[2], row[4]]).toEqual([topic.trim(), name.trim()]);
      expect(row).toHaveLength(10);
    }),
  );
});

/** RFC 4180, read letter by letter. */
const parseCsv = (csv: string): string[][] => {
  const records: string[][] = [[]];
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n|$)/g)) {
    if (end === '' && bare === '' && quoted === undefined) break;
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\n') records.push([]);
  }
  return records;
};

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+cmd|x', "'+cmd|x"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+1 (415) 555-0100', '+1 (415) 555-0100'],
  ['-Bob', "'-Bob"],
  ["O'Neil", "O'Neil"],
])('a spreadsheet does not run %s', (name, expected) => {
  expect(rows([joined(0, { user_id: '1', user_name: name })])[0]).toContain(`,Standup,h1,${expected},,`);
});

test('a uuid that begins with a plus sign stays as it is', () => {
  const uuid = '+u/+Be1aQA2ZQAbCdEfGhI==';
  expect(rows([joined(0, ADA, { ...MEETING, uuid })])[0]).toContain(`,${uuid},`);
});

test('no event makes it throw, and every stay is in the order of its ends', () => {
  const person = fc.record(
    {
      user_id: fc.constantFrom('', '1', '2'),
      user_name: fc.constantFrom('', 'A', 'B'),
      email: fc.constantFrom('', 'a@x', 'b@x'),
    },
    { requiredKeys: [] },
  );
  const one = fc.tuple(fc.constantFrom(joined, left), fc.integer({ min: 0, max: 20 }), person);
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), fc.option(fc.integer({ min: 0, max: 25 })), (marks, end) => {
      const arrivals = marks.map(([make, second, who]) => make(second, who));
      const { meetings } = rebuilt(end === null ? arrivals : [...arrivals, ended(end)]);
      for (const { stays, people } of meetings) {
        for (const { joined: from, left: to } of stays)
          if (from !== undefined && to !== undefined) expect(from).toBeLessThanOrEqual(to);
        expect(people.flatMap((each) => each.stays)).toHaveLength(stays.length);
        for (const each of people) expect(each.presentMs ?? 0).toBeLessThanOrEqual(25_000);
      }
    }),
    { numRuns: 500 },
  );
});

test('whatever the payload holds, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (payload) => {
      const raw = JSON.stringify({ event: 'meeting.participant_joined', event_ts: 1, payload });
      rebuilt([{ kind: 'event', type: 'meeting.participant_joined', raw, receivedAt: undefined, subscription: '' }]);
    }),
  );
});
