import { expect, test } from 'vitest';
import { explainSilence } from '../../src/flow/silence.ts';
import { createTally } from '../../src/flow/tally.ts';
import type { Notice } from '../../src/notice/notice.ts';
import { wordingOf } from '../../src/notice/wording.ts';
import { manualClock } from '../support/manual-clock.ts';

const MINUTE = 60_000;

const setUp = () => {
  const clock = manualClock();
  const tally = createTally();
  const said: { readonly atMinute: number; readonly text: string }[] = [];
  const stop = new AbortController();
  const start = clock.now();
  const notify = (notice: Notice) => {
    said.push({ atMinute: (clock.now() - start) / MINUTE, text: wordingOf(notice).text });
  };
  const passed = [0, 0];
  let connected = true;
  const keep = {
    keeps: () => true,
    tally: () => [
      { filter: '--event meeting', passed: passed[0] ?? 0 },
      { filter: '--where a=1', passed: passed[1] ?? 0 },
    ],
  };
  const done = explainSilence(tally, keep, () => connected, clock, notify, stop.signal);
  const setConnected = (value: boolean) => {
    connected = value;
  };
  return { clock, tally, said, passed, setConnected, stop, done };
};

test('says nothing in the first minute, then how many events were received and how many matched which filter', async () => {
  const { clock, tally, said, passed, stop, done } = setUp();
  await clock.advance(MINUTE - 1);
  expect(said).toEqual([]);
  Object.assign(tally, { received: 12, matched: 0 });
  passed[0] = 3;
  await clock.advance(1);
  expect(said).toEqual([
    {
      atMinute: 1,
      text: 'no output for 1m: connected, 12 events received, 3 matched --event meeting, 0 matched --where a=1',
    },
  ]);
  stop.abort();
  await done;
});

test('says it again at growing intervals, up to an hour', async () => {
  const { clock, said, stop } = setUp();
  await clock.advance(5 * 60 * MINUTE);
  const gaps = said.map(({ atMinute }, index) => atMinute - (said[index - 1]?.atMinute ?? 0));
  expect(gaps.slice(0, 6)).toEqual([1, 1, 2, 4, 8, 16]);
  expect(gaps.every((gap, index) => gap >= (gaps[index - 1] ?? 0))).toBe(true);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(64);
  stop.abort();
});

test('output begins the minute again, and the intervals too', async () => {
  const { clock, tally, said, stop } = setUp();
  await clock.advance(7 * MINUTE);
  const before = said.length;
  tally.lastOutputAt = clock.now();
  await clock.advance(MINUTE - 1);
  expect(said).toHaveLength(before);
  await clock.advance(1 + MINUTE);
  expect(said.slice(before).map(({ text }) => text.slice(0, 16))).toEqual(['no output for 1m', 'no output for 2m']);
  stop.abort();
});

test('steady output keeps it silent', async () => {
  const { clock, tally, said, stop } = setUp();
  for (let n = 0; n < 100; n += 1) {
    tally.lastOutputAt = clock.now();
    await clock.advance(30_000);
  }
  expect(said).toEqual([]);
  stop.abort();
});

test('says whether it is connected at all', async () => {
  const { clock, said, setConnected, stop } = setUp();
  setConnected(false);
  await clock.advance(MINUTE);
  expect(said[0]?.text).toContain('not connected, 0 events received');
  stop.abort();
});

test('ends with the run', async () => {
  const { clock, said, stop, done } = setUp();
  stop.abort();
  await done;
  await clock.advance(60 * MINUTE);
  expect(said).toEqual([]);
  expect(clock.sleepers()).toBe(0);
});
