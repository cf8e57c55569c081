import { expect, test } from 'vitest';
import { createPulse } from '../../src/link/pulse.ts';
import { manualClock } from '../support/manual-clock.ts';

type Step = number | 'heard' | 'answered' | 'beat' | 'pause' | 'resume' | 'suspend a minute' | 'freeze a minute';

/** Plays steps (numbers: seconds that pass, looked at) and answers with the seconds of silence at the end. */
const silence = (...steps: readonly Step[]): number => {
  const clock = manualClock();
  const pulse = createPulse(clock);
  for (const step of steps) {
    if (typeof step === 'number') {
      for (let left = step; left > 0; left -= 5) {
        clock.freeze(Math.min(left, 5) * 1000);
        pulse.look();
      }
    } else if (step === 'suspend a minute') clock.suspend(60_000);
    else if (step === 'freeze a minute') clock.freeze(60_000);
    else if (step === 'answered') {
      pulse.heard();
      pulse.answered();
    } else pulse[step]();
  }
  return pulse.silentMs() / 1000;
};

test.each<[string, number, Step[]]>([
  ['since it was opened', 20, [20]],
  ['since something was read', 7, [20, 'heard', 7]],
  ['since the pause, though what waited is read after it', 50, ['heard', 'pause', 40, 'resume', 'heard', 10]],
  ['since a heartbeat in the pause that was answered', 40, ['pause', 10, 'beat', 30, 'resume', 'answered', 10]],
  [
    'since what is read after an answer to a heartbeat after the pause',
    3,
    ['pause', 40, 'resume', 5, 'beat', 'answered', 2, 'heard', 3],
  ],
  ['since what is read long after the pause', 3, ['pause', 40, 'resume', 61, 'heard', 3]],
  [
    'since before the machine slept, though what waited is read after it',
    62,
    ['heard', 2, 'suspend a minute', 'heard'],
  ],
  [
    'since before the process stood still, though what waited is read after it',
    62,
    ['heard', 2, 'freeze a minute', 'heard'],
  ],
  ['since the answer to the heartbeat after a standstill', 4, ['heard', 'freeze a minute', 'beat', 'answered', 4]],
])('silent %s', (_, seconds, steps) => {
  expect(silence(...steps)).toBe(seconds);
});

test('remembers no more heartbeats without an answer than eight hours of them', () => {
  const steps = Array.from({ length: 3_000 }, (): Step[] => ['beat', 30]).flat();
  const answers = Array.from({ length: 3_000 }, (): Step => 'answered');
  expect(silence('pause', ...steps, ...answers)).toBe(2_001 * 30);
});
