import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createElapsed } from '../../src/time/elapsed.ts';
import { manualClock } from '../support/manual-clock.ts';

test.each([
  ['freeze', 5_000, 5_000],
  ['freeze', 3_600_000, 3_600_000],
  ['suspend', 3_600_000, 3_600_000],
  ['step', 3_600_000, 3_600_000],
  ['step', -3_600_000, 0],
  ['step', 500, 0],
  ['step', -500, 0],
] as const)('%s of %i ms counts as %i ms', (jump, ms, counted) => {
  const clock = manualClock();
  const elapsed = createElapsed(clock);
  const before = elapsed();
  clock[jump](ms);
  expect(elapsed() - before).toBe(counted);
  clock.freeze(1_000);
  expect(elapsed() - before).toBe(counted + 1_000);
});

test('counts every sleep and no step back, in any order', () => {
  const jumps = fc.array(
    fc.tuple(fc.constantFrom('freeze', 'suspend', 'step back'), fc.integer({ min: 2_000, max: 10_000_000 })),
  );
  fc.assert(
    fc.property(jumps, (steps) => {
      const clock = manualClock();
      const elapsed = createElapsed(clock);
      let expected = elapsed();
      for (const [jump, ms] of steps) {
        if (jump === 'step back') clock.step(-ms);
        else {
          clock[jump as 'freeze'](ms);
          expected += ms;
        }
        expect(elapsed()).toBe(expected);
      }
    }),
  );
});

test('a clock that is slewed a little all the time is no jump', () => {
  const clock = manualClock();
  const elapsed = createElapsed(clock);
  const before = elapsed();
  for (let second = 0; second < 10_000; second += 1) {
    clock.freeze(1_000);
    clock.step(1);
    elapsed();
  }
  expect(elapsed() - before).toBe(10_000_000);
});
