import { expect, test } from 'vitest';
import type { Notice } from '../../src/notice/notice.ts';
import { thinned } from '../../src/notice/thin.ts';

test('says what can flood three times, then at each tenfold count, with the count', () => {
  const said: Notice[] = [];
  const notify = thinned((notice) => said.push(notice));
  for (let frame = 0; frame < 1500; frame += 1) notify({ kind: 'malformed', subscription: 'abc', why: 'not JSON' });
  expect(said.map((notice) => 'count' in notice && notice.count)).toEqual([1, 2, 3, 10, 100, 1000]);
});

test('passes everything else as it comes', () => {
  const said: Notice[] = [];
  const notify = thinned((notice) => said.push(notice));
  for (let time = 0; time < 50; time += 1) notify({ kind: 'note', text: 'hello' });
  expect(said).toHaveLength(50);
  expect(said[0]).toEqual({ kind: 'note', text: 'hello' });
});
