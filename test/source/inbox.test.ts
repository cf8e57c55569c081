import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { createInbox } from '../../src/source/inbox.ts';

const event = (n: number, size = 0): Arrival => ({
  kind: 'event',
  raw: JSON.stringify({ n, ballast: 'x'.repeat(size) }),
  type: '',
  receivedAt: 0,
  subscription: '',
});
const numberOf = (arrival: Arrival): number => (arrival.kind === 'event' ? JSON.parse(arrival.raw).n : -1);

const open = () => {
  const log: string[] = [];
  const inbox = createInbox(
    () => log.push('full'),
    () => log.push('room'),
  );
  inbox.attach({ pause: () => log.push('pause'), resume: () => log.push('resume') });
  return { inbox, log, reader: inbox.arrivals[Symbol.asyncIterator]() };
};

test('gives all that arrived since the last pull, in order', async () => {
  const { inbox, reader } = open();
  for (const n of [1, 2, 3]) inbox.push(event(n));
  expect((await reader.next()).value.map(numberOf)).toEqual([1, 2, 3]);
  const waiting = reader.next();
  inbox.push(event(4));
  inbox.push(event(5));
  expect((await waiting).value.map(numberOf)).toEqual([4, 5]);
});

test('pauses beyond its bound and goes on when there is room, once each', async () => {
  const { inbox, log, reader } = open();
  for (let n = 0; n < 20; n += 1) inbox.push(event(n, 1_000_000));
  expect(log).toEqual(['pause', 'full']);
  expect(inbox.isFull()).toBe(true);
  expect((await reader.next()).value).toHaveLength(20);
  // The reader still holds the batch.
  expect(inbox.isFull()).toBe(true);
  const next = reader.next();
  inbox.push(event(20));
  await next;
  expect(log).toEqual(['pause', 'full', 'resume', 'room']);
});

test('one that is attached while it is full is paused at once, and one that is detached no more', () => {
  const { inbox } = open();
  const log: string[] = [];
  const valve = { pause: () => log.push('pause'), resume: () => log.push('resume') };
  const detach = inbox.attach(valve);
  detach();
  inbox.push(event(1, 9_000_000));
  expect(log).toEqual([]);
  inbox.attach(valve);
  expect(log).toEqual(['pause']);
});

test('small events count too', () => {
  const { inbox } = open();
  let n = 0;
  for (; !inbox.isFull(); n += 1) inbox.push(event(n));
  expect(n).toBeLessThan(2_000);
  expect(n).toBeGreaterThan(200);
});

test('ends after what is there; an error comes last', async () => {
  const { inbox, reader } = open();
  inbox.push(event(1));
  inbox.end(new Error('over'));
  inbox.end();
  expect((await reader.next()).value).toHaveLength(1);
  await expect(reader.next()).rejects.toThrow('over');
});

test('brings everything once and in order, however it is pushed and pulled', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 3_000_000 }), fc.constant('pull')), { maxLength: 30 }),
      async (steps) => {
        const { inbox, reader } = open();
        const got: number[] = [];
        let n = 0;
        const pull = async () => {
          const { value } = await reader.next();
          for (const arrival of value ?? []) got.push(numberOf(arrival));
        };
        for (const step of steps) {
          if (step !== 'pull') {
            n += 1;
            inbox.push(event(n, step as number));
          } else if (got.length < n) await pull();
        }
        inbox.end();
        if (got.length < n) await pull();
        expect((await reader.next()).done).toBe(true);
        expect(got).toEqual(Array.from({ length: n }, (_, index) => index + 1));
      },
    ),
    { numRuns: 50 },
  );
});

test('refuses what is offered while it is full or has ended, and keeps nothing of it', async () => {
  const { inbox, reader } = open();
  expect(inbox.offer(event(1))).toBe(true);
  inbox.push(event(2, 1_000_000));
  expect(inbox.offer(event(3))).toBe(false);
  expect((await reader.next()).value.map(numberOf)).toEqual([1, 2]);
  const waiting = reader.next();
  expect(inbox.offer(event(4))).toBe(true);
  expect((await waiting).value.map(numberOf)).toEqual([4]);
  inbox.end();
  expect(inbox.offer(event(5))).toBe(false);
  expect((await reader.next()).done).toBe(true);
});
