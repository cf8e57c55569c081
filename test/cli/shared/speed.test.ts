import { expect, test } from 'vitest';
import { PART_FLAGS } from '../../../src/cli/replay/flags.ts';
import { parseSpeed } from '../../../src/cli/shared/speed.ts';
import { SIMULATE_FLAGS, STORY_FLAGS } from '../../../src/cli/simulate/flags.ts';
import { readFlags } from '../../../src/config/read-flags.ts';

test.each([
  ['1', 1],
  ['10', 10],
  ['10x', 10],
  ['0.5', 0.5],
  ['.5x', 0.5],
  ['max', Number.POSITIVE_INFINITY],
])('takes %s', (text, factor) => {
  expect(parseSpeed(text)).toBe(factor);
});

test.each(['0', '-1', 'x', '1.2.3', 'fast', '10 x', '1e3'])('refuses %s, and says what a speed looks like', (text) => {
  expect(() => parseSpeed(text)).toThrow('expected max, or a number such as 1, 10 or 0.5');
});

test('replay and simulate read a speed alike', () => {
  for (const flags of [PART_FLAGS, { ...SIMULATE_FLAGS, ...STORY_FLAGS }]) {
    expect(readFlags(flags, { speed: '10x' })).toMatchObject({ values: { speed: 10 }, complaints: [] });
    expect(readFlags(flags, {})).toMatchObject({ values: { speed: Number.POSITIVE_INFINITY }, complaints: [] });
  }
});
