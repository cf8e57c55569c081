import { expect, test } from 'vitest';
import { createLagWatch } from '../../src/flow/lag-watch.ts';
import type { Notice } from '../../src/notice/notice.ts';

const setUp = () => {
  const said: Notice[] = [];
  const watch = createLagWatch((notice) => said.push(notice));
  const see = (receivedAt: number | undefined, lagMs: number | string) => {
    const ts = typeof lagMs === 'number' ? (receivedAt ?? 0) - lagMs : lagMs;
    watch({
      kind: 'event',
      type: 'a.b',
      raw: `{"event":"a.b","event_ts":${ts}}`,
      receivedAt,
      subscription: 's',
    });
  };
  return { said, see };
};

const START = 1_800_000_000_000;

test('says it when an event comes more than a minute late, and not before', () => {
  const { said, see } = setUp();
  see(START, 59_999);
  expect(said).toEqual([]);
  see(START + 1_000, 61_000);
  expect(said).toEqual([{ kind: 'lagging', type: 'a.b', lagMs: 61_000 }]);
});

test('says it again after pauses that grow, up to an hour', () => {
  const { said, see } = setUp();
  const at: number[] = [];
  for (let second = 0; second < 20 * 3600; second += 1) {
    const before = said.length;
    see(START + second * 1_000, 120_000);
    if (said.length > before) at.push(second);
  }
  const pauses = at.slice(1).map((second, index) => second - (at[index] ?? 0));
  expect(pauses.slice(0, 4)).toEqual([60, 120, 240, 480]);
  expect(Math.max(...pauses)).toBe(3_600);
});

test('says nothing of events without a time, with an odd one, or from the future', () => {
  const { said, see } = setUp();
  see(undefined, 120_000);
  see(START, '"yesterday"');
  see(START + 5_000, 'null');
  see(START + 10_000, -3_600_000);
  expect(said).toEqual([]);
});
