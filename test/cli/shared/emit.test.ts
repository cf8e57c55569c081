import { expect, test } from 'vitest';
import { emit, statusWith } from '../../../src/cli/shared/emit.ts';
import { createStop } from '../../../src/cli/shared/stop.ts';
import type { Arrival } from '../../../src/event/arrival.ts';
import { createTally } from '../../../src/flow/tally.ts';
import type { Outlet } from '../../../src/outlet/outlet.ts';
import { manualClock } from '../../support/manual-clock.ts';

const event: Arrival = { kind: 'event', raw: '{}', type: '', receivedAt: 0, subscription: '' };

/** Two events, then nothing until the stop. */
async function* twoEvents(signal: AbortSignal): AsyncGenerator<readonly Arrival[]> {
  yield [event];
  yield [event];
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
}

const outlet = (take: Outlet['take'], more: Partial<Outlet> = {}): Outlet => ({
  take,
  close: async () => {},
  gone: new AbortController().signal,
  isRequired: true,
  ...more,
});

const begin = (...outlets: readonly Outlet[]) => {
  const clock = manualClock();
  const stop = createStop({ clock, onSignal: () => () => {}, exitNow: () => 0 as never }, undefined);
  const parts = {
    keep: { keeps: () => true, tally: () => [] },
    dedupe: undefined,
    redact: undefined,
    outlets,
    limit: Number.POSITIVE_INFINITY,
    tally: createTally(),
    clock,
  };
  const stuck: string[] = [];
  const emitting = emit(twoEvents(stop.signal), parts, { stop, clock, onStuck: () => stuck.push('stuck') });
  return { clock, stop, emitting, stuck, tally: parts.tally };
};

test('ends when a stop is asked for and everyone has taken what there was', async () => {
  const run = begin(outlet(async () => {}));
  await expect.poll(() => run.tally.emitted).toBe(2);
  run.stop.now();
  expect(await run.emitting).toEqual({ reachedLimit: false, readerGone: false, isStuck: false });
  expect(run.stuck).toEqual([]);
});

test('ends when a required outlet is gone, and goes on when another one is', async () => {
  const gone = new AbortController();
  const lost = new AbortController();
  const run = begin(
    outlet(async () => {}, { gone: gone.signal, reader: { caughtUp: async () => {}, abandon: () => {} } }),
    outlet(async () => {}, { gone: lost.signal, isRequired: false }),
  );
  lost.abort();
  await expect.poll(() => run.tally.emitted).toBe(2);
  expect(run.stop.signal.aborted).toBe(false);
  gone.abort();
  expect(await run.emitting).toEqual({ reachedLimit: false, readerGone: true, isStuck: false });
});

test('gives a reader up that takes nothing after a stop, so that the others get what waited', async () => {
  const gone = new AbortController();
  let release = () => {};
  const blocked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const kept: Arrival[] = [];
  const run = begin(
    outlet(() => blocked, {
      gone: gone.signal,
      reader: {
        caughtUp: () => blocked,
        abandon() {
          gone.abort();
          release();
        },
      },
    }),
    outlet(async (batch) => void kept.push(...batch)),
  );
  await expect.poll(() => kept.length).toBe(1);
  run.stop.now();
  await run.clock.advance(5_000);
  expect(await run.emitting).toEqual({ reachedLimit: false, readerGone: false, isStuck: true });
  expect(run.stuck).toEqual(['stuck']);
  expect(kept).toHaveLength(2);
});

test.each([
  [0, 1],
  [124, 1],
  [130, 130],
  [3, 3],
])('a run that gave something up and would end with %i ends with %i', (status, expected) => {
  const lossy = outlet(async () => {}, { hasGivenUp: () => true });
  const whole = outlet(async () => {}, { hasGivenUp: () => false });
  expect(statusWith([whole, outlet(async () => {})], status)).toBe(status);
  expect(statusWith([whole, lossy], status)).toBe(expected);
});
