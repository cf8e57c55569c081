import { expect, test } from 'vitest';
import type { Arrival } from '../../../src/event/arrival.ts';
import { type Window, within } from '../../../src/source/replay/window.ts';

const seen = async (window: Window, times: readonly (number | undefined)[]): Promise<readonly string[]> => {
  async function* batches(): AsyncGenerator<readonly Arrival[]> {
    yield times.map((receivedAt) => ({
      kind: 'event',
      raw: '{}',
      type: String(receivedAt),
      receivedAt,
      subscription: '',
    }));
  }
  const types: string[] = [];
  for await (const batch of within(batches(), window, ({ receivedAt }) => receivedAt)) {
    for (const arrival of batch) if (arrival.kind === 'event') types.push(arrival.type);
  }
  return types;
};

test.each<[string, Window, readonly (number | undefined)[], string]>([
  ['both ends', { since: 2, until: 4 }, [1, 2, 3, 4, 5], '2 3 4'],
  ['only from', { since: 3, until: undefined }, [1, 2, 3, 4], '3 4'],
  ['only up to', { since: undefined, until: 2 }, [1, 2, 3], '1 2'],
  ['what comes late', { since: 2, until: 3 }, [1, 5, 2, 9, 3], '2 3'],
  [
    'without a time, with the one before',
    { since: 2, until: 3 },
    [undefined, 1, undefined, 2, undefined],
    '2 undefined',
  ],
])('keeps %s', async (_name, window, times, expected) => {
  expect((await seen(window, times)).join(' ')).toBe(expected);
});
