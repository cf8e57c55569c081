import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { createSummary, type Summary, summaryJson } from '../../src/stats/index.ts';

const event = (type: string, ts: number | undefined, receivedAt: number | undefined, id = 0): Arrival => ({
  kind: 'event',
  type,
  raw: JSON.stringify({ event: type, event_ts: ts, payload: { id } }),
  receivedAt,
  subscription: '',
});

const gap = (object: object): Arrival => ({
  kind: 'lifecycle',
  type: 'zoom_ws.gap',
  raw: JSON.stringify({ event: 'zoom_ws.gap', payload: { object } }),
  receivedAt: 0,
});

const summed = (arrivals: readonly Arrival[], total = arrivals.length): Summary => {
  const summary = createSummary();
  for (const arrival of arrivals) summary.add(arrival);
  return summary.finish({ total, malformedLines: 2 });
};

test('prints the promised object, keys in the promised order', () => {
  const summary = summed(
    [
      event('user.updated', 1000, 1500, 1),
      event('meeting.started', 3000, 3100, 2),
      event('meeting.started', 2000, 4000, 3),
      event('meeting.started', 2000, 5000, 3),
      gap({ from: '2026-11-22T10:00:00.000Z', to: '2026-11-22T10:00:01.500Z', duration_ms: 1500, reason: 'x' }),
    ],
    9,
  );
  expect(summaryJson(summary)).toBe(
    '{"events":{"total":9,"matched":4,"by_type":{"meeting.started":3,"user.updated":1}},' +
      '"first":"1970-01-01T00:00:01.500Z","last":"1970-01-01T00:00:05.000Z","rate_per_s":1.1428571428571428,' +
      '"lag_ms":{"p50":500,"p95":3000,"max":3000},"repeats":1,"out_of_order":2,' +
      '"gaps":{"count":1,"total_ms":1500},"malformed_lines":2}',
  );
});

test('prints null where there is no data', () => {
  expect(summaryJson(createSummary().finish({ total: 0, malformedLines: 0 }))).toBe(
    '{"events":{"total":0,"matched":0,"by_type":{}},"first":null,"last":null,"rate_per_s":null,' +
      '"lag_ms":{"p50":null,"p95":null,"max":null},"repeats":0,"out_of_order":0,' +
      '"gaps":{"count":0,"total_ms":0},"malformed_lines":0}',
  );
});

test.each([
  ['no event_ts', [event('a', undefined, 5000)], 5000, undefined],
  ['no time of receipt', [event('a', 4000, undefined)], 4000, undefined],
  ['neither', [event('a', undefined, undefined)], undefined, undefined],
  ['an event_ts that is no date', [event('a', 1e300, undefined)], undefined, undefined],
])('takes what times there are: %s', (_name, arrivals, first, p50) => {
  const summary = summed(arrivals);
  expect(summary.first).toBe(first);
  expect(summary.lagMs.p50).toBe(p50);
  expect(summary.matched).toBe(1);
});

test('takes the length of a gap from its ends where it is not told, and passes over what tells nothing', () => {
  const summary = summed([
    gap({ from: '2026-11-22T10:00:00Z', to: '2026-11-22T10:00:02Z' }),
    gap({ from: 'x' }),
    gap({}),
    { kind: 'lifecycle', type: 'zoom_ws.gap', raw: '{"payload":null}', receivedAt: 0 },
    { kind: 'lifecycle', type: 'zoom_ws.connected', raw: '{}', receivedAt: 0 },
  ]);
  expect(summary.gaps).toMatchObject({ count: 1, totalMs: 2000 });
  expect(summary.matched).toBe(0);
});

test('agrees with a naive count', () => {
  const time = fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined });
  const one = fc.record({
    type: fc.constantFrom('a', 'b', '__proto__', ''),
    ts: time,
    received: time,
    id: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(one), (events) => {
      const summary = summed(events.map(({ type, ts, received, id }) => event(type, ts, received, id)));
      const texts = events.map(({ type, ts, id }) => JSON.stringify([type, ts, id]));
      expect(summary.repeats).toBe(texts.length - new Set(texts).size);
      const late = events.filter(
        ({ ts }, at) => ts !== undefined && events.slice(0, at).some((other) => (other.ts ?? -1) > ts),
      );
      expect(summary.outOfOrder).toBe(late.length);
      const byType = JSON.parse(summaryJson(summary)).events.by_type;
      for (const type of ['a', 'b', '__proto__', '']) {
        const count = events.filter((other) => other.type === type).length;
        expect(Object.hasOwn(byType, type) ? byType[type] : 0).toBe(count);
      }
      const times = events.map(({ ts, received }) => received ?? ts).filter((at) => at !== undefined);
      expect(summary.first).toBe(times.length === 0 ? undefined : Math.min(...times));
      expect(summary.last).toBe(times.length === 0 ? undefined : Math.max(...times));
    }),
  );
});
