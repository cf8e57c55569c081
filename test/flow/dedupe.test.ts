import { expect, test } from 'vitest';
import { createDedupe } from '../../src/flow/dedupe.ts';
import { manualClock } from '../support/manual-clock.ts';

const MINUTE = 60_000;

test('an exact repeat within ten minutes is one, a later one is not', async () => {
  const clock = manualClock();
  const dedupe = createDedupe(clock);
  expect(dedupe.isRepeat('a')).toBe(false);
  await clock.advance(10 * MINUTE - 1_000);
  expect(dedupe.isRepeat('a')).toBe(true);
  await clock.advance(2_000);
  expect(dedupe.isRepeat('a')).toBe(false);
  expect(dedupe.isRepeat('a')).toBe(true);
});

test.each([0, 1, 5, 9])(
  'ten minutes are counted from the first, also when it came %i minutes into a generation',
  async (minutes) => {
    const clock = manualClock();
    const dedupe = createDedupe(clock);
    await clock.advance(minutes * MINUTE);
    dedupe.isRepeat('x');
    await clock.advance(10 * MINUTE - 1_500);
    expect(dedupe.isRepeat('x')).toBe(true);
    await clock.advance(3_000);
    expect(dedupe.isRepeat('x')).toBe(false);
  },
);

test('a clock that nothing happened on for days forgets', async () => {
  const clock = manualClock();
  const dedupe = createDedupe(clock);
  dedupe.isRepeat('x');
  await clock.advance(72 * 60 * MINUTE);
  expect(dedupe.isRepeat('x')).toBe(false);
});

test('texts that differ in one character, in space or in the order of keys are no repeats', () => {
  const dedupe = createDedupe(manualClock());
  const texts = ['{"a":1,"b":2}', '{"a":1, "b":2}', '{"b":2,"a":1}', '{"a":1,"b":3}', '', ' ', 'é', 'e\u0301'];
  expect(texts.map((text) => dedupe.isRepeat(text))).toEqual(texts.map(() => false));
  expect(texts.map((text) => dedupe.isRepeat(text))).toEqual(texts.map(() => true));
});

test('a text and its bytes are the same', () => {
  const dedupe = createDedupe(manualClock());
  expect(dedupe.isRepeat('{"t":"é😀"}')).toBe(false);
  expect(dedupe.isRepeat(Buffer.from('{"t":"é😀"}'))).toBe(true);
});

test('the last quarter of a million are all remembered, and the memory stays bounded over millions', () => {
  const dedupe = createDedupe(manualClock());
  const before = process.memoryUsage().arrayBuffers;
  let wrong = 0;
  for (let n = 0; n < 1_500_000; n += 1) if (dedupe.isRepeat(`event ${n}`)) wrong += 1;
  expect(wrong).toBe(0);
  let forgotten = 0;
  for (let n = 1_500_000 - 2 ** 18; n < 1_500_000; n += 1) if (!dedupe.isRepeat(`event ${n}`)) forgotten += 1;
  expect(forgotten).toBe(0);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  expect(dedupe.isRepeat('event 0')).toBe(false);
});
