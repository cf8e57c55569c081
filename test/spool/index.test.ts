import { appendFileSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSpool, type Spool } from '../../src/spool/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { manualClock } from '../support/manual-clock.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'zoom-ws-spool-'));
const lines = (...numbers: readonly number[]) => Buffer.from(numbers.map((n) => `{"n":${n}}\n`).join(''));
const never = new AbortController().signal;
const segmentsIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.ndjson'));

/** Reads until `count` entries have come. */
const take = async (spool: Spool, count: number) => {
  const entries = [];
  while (entries.length < count) entries.push(...(await spool.next(never)));
  return entries;
};
const numbersOf = (entries: readonly { readonly line: Buffer }[]) =>
  entries.map(({ line }) => (JSON.parse(line.toString()) as { n: number }).n);

test('gives what was appended, in order, and waits for more', async () => {
  const spool = await openSpool(newFolder(), systemClock);
  await spool.append(lines(1, 2));
  expect(numbersOf(await take(spool, 2))).toEqual([1, 2]);
  const later = take(spool, 1);
  await spool.append(lines(3));
  expect(numbersOf(await later)).toEqual([3]);
  await spool.close();
});

test('an aborted wait ends with nothing', async () => {
  const spool = await openSpool(newFolder(), systemClock);
  const stop = new AbortController();
  const waiting = spool.next(stop.signal);
  stop.abort();
  expect(await waiting).toEqual([]);
  await spool.close();
});

test('what is not confirmed comes again, after a rewind and in the next run', async () => {
  const folder = newFolder();
  const first = await openSpool(folder, systemClock);
  await first.append(lines(1, 2, 3));
  const [one] = await take(first, 3);
  await first.confirm(one?.end ?? { segment: 0, offset: 0 });
  await first.rewind();
  expect(numbersOf(await take(first, 2))).toEqual([2, 3]);
  expect(first.waiting()).toBe(lines(2, 3).length);
  await first.close();
  const second = await openSpool(folder, systemClock);
  expect(second.waiting()).toBe(lines(2, 3).length);
  await second.append(lines(4));
  expect(numbersOf(await take(second, 3))).toEqual([2, 3, 4]);
  await second.close();
});

test('a line that a crash has cut is taken off before anything is appended', async () => {
  const folder = newFolder();
  const first = await openSpool(folder, systemClock);
  await first.append(lines(1));
  await first.close();
  appendFileSync(join(folder, segmentsIn(folder)[0] ?? ''), '{"n":2,"cut":"');
  const second = await openSpool(folder, systemClock);
  await second.append(lines(3));
  expect(numbersOf(await take(second, 2))).toEqual([1, 3]);
  await second.close();
});

test('a position beyond what a power cut has left counts as the end', async () => {
  const folder = newFolder();
  const first = await openSpool(folder, systemClock);
  await first.append(lines(1, 2));
  const entries = await take(first, 2);
  await first.confirm(entries[1]?.end ?? { segment: 0, offset: 0 });
  await first.close();
  truncateSync(join(folder, segmentsIn(folder)[0] ?? ''), lines(1).length);
  const second = await openSpool(folder, systemClock);
  await second.append(lines(3));
  expect(numbersOf(await take(second, 1))).toEqual([3]);
  await second.close();
});

test('without a readable position everything is given again', async () => {
  const folder = newFolder();
  const first = await openSpool(folder, systemClock);
  await first.append(lines(1));
  const [one] = await take(first, 1);
  await first.confirm(one?.end ?? { segment: 0, offset: 0 });
  await first.close();
  writeFileSync(join(folder, 'position'), 'garbage');
  const second = await openSpool(folder, systemClock);
  expect(numbersOf(await take(second, 1))).toEqual([1]);
  await second.close();
});

test('goes on in a new segment when one is full, and deletes those that are confirmed', async () => {
  const folder = newFolder();
  const spool = await openSpool(folder, systemClock);
  const megabyte = Buffer.from(`{"n":0,"ballast":"${'x'.repeat(2 ** 20)}"}\n`);
  for (let n = 0; n < 40; n += 1) await spool.append(megabyte);
  expect(segmentsIn(folder)).toHaveLength(3);
  expect(spool.waiting()).toBe(40 * megabyte.length);
  const entries = await take(spool, 40);
  expect(entries.every(({ line }) => line.length === megabyte.length - 1)).toBe(true);
  await spool.confirm(entries[39]?.end ?? { segment: 0, offset: 0 });
  expect(segmentsIn(folder)).toHaveLength(1);
  expect(spool.waiting()).toBe(0);
  await spool.close();
  const again = await openSpool(folder, systemClock);
  expect(again.waiting()).toBe(0);
  await again.close();
});

test('stores the position at most once a second, and at the end', async () => {
  const folder = newFolder();
  const clock = manualClock();
  const spool = await openSpool(folder, clock);
  await spool.append(lines(1, 2, 3));
  const entries = await take(spool, 3);
  const stored = () => readFileSync(join(folder, 'position'), 'utf8');
  await clock.advance(1_000);
  await spool.confirm(entries[0]?.end ?? { segment: 0, offset: 0 });
  expect(stored()).toBe(`1 ${lines(1).length}\n`);
  await spool.confirm(entries[1]?.end ?? { segment: 0, offset: 0 });
  expect(stored()).toBe(`1 ${lines(1).length}\n`);
  await spool.close();
  expect(stored()).toBe(`1 ${lines(1, 2).length}\n`);
});
