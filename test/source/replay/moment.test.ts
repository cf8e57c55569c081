import { expect, test } from 'vitest';
import { Complaint } from '../../../src/config/flag.ts';
import { needsLastEvent, parseMoment, resolveMoment } from '../../../src/source/replay/moment.ts';

/** The tests run with TZ=UTC, so local time is told from UTC by the winter and summer time of another zone. */
const LAST = Date.parse('2026-11-22T18:30:15.500Z');

test.each([
  ['2026-11-22T10:42:00Z', '2026-11-22T10:42:00.000Z'],
  ['2026-11-22T10:42:00.123Z', '2026-11-22T10:42:00.123Z'],
  ['2026-11-22T10:42:00.5z', '2026-11-22T10:42:00.500Z'],
  ['2026-11-22T10:42+01:00', '2026-11-22T09:42:00.000Z'],
  ['2026-11-22 10:42:30-0530', '2026-11-22T16:12:30.000Z'],
  ['2026-11-22T10:42', '2026-11-22T10:42:00.000Z'],
  ['2026-11-22', '2026-11-22T00:00:00.000Z'],
  ['10:42', '2026-11-22T10:42:00.000Z'],
  ['9:05:07.25', '2026-11-22T09:05:07.250Z'],
  ['30s', '2026-11-22T18:29:45.500Z'],
  ['2h', '2026-11-22T16:30:15.500Z'],
  ['1d', '2026-11-21T18:30:15.500Z'],
])('%s is %s', (text, iso) => {
  for (const utc of [true, false])
    expect(new Date(resolveMoment(parseMoment(text), utc, LAST)).toISOString()).toBe(iso);
});

test.each([
  '',
  'yesterday',
  '25:00',
  '10:60',
  '10:42:61',
  '2026-13-01',
  '2026-02-30',
  '2026-11-22T',
  '22.11.2026',
  '10',
  '-5m',
  '1700000000',
])('%j is refused with what was expected', (text) => {
  expect(() => parseMoment(text)).toThrow(Complaint);
});

test('only a time of day and a duration need the last event', () => {
  expect(['10:42', '5m', '2026-11-22', '2026-11-22T10:42Z'].map((text) => needsLastEvent(parseMoment(text)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
