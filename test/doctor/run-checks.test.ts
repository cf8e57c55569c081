import { expect, test } from 'vitest';
import { CHECK_IDS, type Check, needsOf, pass, SYNC_CHECK_IDS, WEBHOOK_CHECK_IDS } from '../../src/doctor/check.ts';
import { CHECKS } from '../../src/doctor/checks/index.ts';
import type { DoctorContext } from '../../src/doctor/context.ts';
import { type Result, runChecks } from '../../src/doctor/run-checks.ts';
import type { DoctorOptions } from '../../src/doctor/world.ts';
import { ZoomWsError } from '../../src/errors.ts';
import { manualClock } from '../support/manual-clock.ts';

const options = { hasRecording: false } as DoctorOptions;

const check = (id: Check['id'], more: Partial<Check> = {}): Check => ({
  id,
  section: 0,
  title: id,
  needs: [],
  limitMs: 1_000,
  run: () => pass('fine'),
  ...more,
});

const world = () => {
  const clock = manualClock();
  const stop = new AbortController();
  const context = { clock, options, signal: stop.signal, clean: (text: string) => text } as unknown as DoctorContext;
  const reported: string[] = [];
  const watchers = {
    onResult: async ({ id }: Result) => void reported.push(id),
    onWaiting: () => {},
  };
  return { clock, stop, context, reported, watchers };
};

test('gives every check the time it may take, and no more', async () => {
  const { clock, context, watchers } = world();
  const running = runChecks([check('setup.runtime', { run: () => new Promise(() => {}) })], context, watchers);
  await clock.advance(1_000);
  expect(await running).toMatchObject([{ status: 'fail', detail: 'no result within 1.0s', durationMs: 1_000 }]);
  expect(clock.sleepers()).toBe(0);
});

test('aborts the signal of a check that took too long', async () => {
  const { clock, context, watchers } = world();
  let aborted = false;
  const run: Check['run'] = (_context, signal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return new Promise(() => {});
  };
  const running = runChecks([check('setup.runtime', { run })], context, watchers);
  await clock.advance(1_000);
  await running;
  expect(aborted).toBe(true);
});

test('runs independent checks side by side and reports them in the order of the list', async () => {
  const { context, reported, watchers } = world();
  const order: string[] = [];
  let finishFirst = () => {};
  const first = check('setup.runtime', {
    run: () =>
      new Promise((resolve) => {
        finishFirst = () => resolve(pass('late'));
      }),
  });
  const second = check('setup.settings', {
    run() {
      order.push('second ran');
      finishFirst();
      return pass('early');
    },
  });
  await runChecks([first, second], context, watchers);
  expect(order).toEqual(['second ran']);
  expect(reported).toEqual(['setup.runtime', 'setup.settings']);
});

test('skips what needs a failed check, names the first cause along a chain, and never runs it', async () => {
  const { context, watchers } = world();
  const failing = check('oauth.token', {
    run: () => {
      throw new ZoomWsError('refused', 'No.', { hint: 'Ask nicely.' });
    },
  });
  const never = { run: () => Promise.reject(new Error('ran')) };
  const results = await runChecks(
    [
      failing,
      check('socket.accepted', { needs: ['oauth.token'], ...never }),
      check('socket.heartbeat', { needs: ['socket.accepted'], ...never }),
    ],
    context,
    watchers,
  );
  expect(results.map(({ status, detail }) => `${status}: ${detail}`)).toEqual([
    'fail: No.',
    'skip: not run, because oauth.token failed',
    'skip: not run, because oauth.token failed',
  ]);
  expect(results[0]?.hint).toBe('Ask nicely.');
});

test('a skip for want of need holds nobody up', async () => {
  const { context, watchers } = world();
  const harmless = check('network.oauth', { run: () => ({ status: 'skip', detail: '', hint: '', isHarmless: true }) });
  const results = await runChecks([harmless, check('oauth.token', { needs: ['network.oauth'] })], context, watchers);
  expect(results.map(({ status }) => status)).toEqual(['skip', 'pass']);
});

test('waits for the checks named in "after", whatever they find, also for later ones', async () => {
  const { context, watchers } = world();
  const order: string[] = [];
  const noting = (id: Check['id'], more: Partial<Check> = {}) =>
    check(id, {
      run() {
        order.push(id);
        return { status: 'fail', detail: '', hint: '' };
      },
      ...more,
    });
  await runChecks([noting('socket.reconnect', { after: ['events.lag'] }), noting('events.lag')], context, watchers);
  expect(order).toEqual(['events.lag', 'socket.reconnect']);
});

test('while a question is open nothing is drawn: no other check is waited for', async () => {
  const { context, reported } = world();
  const seen: string[] = [];
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let ask = () => {};
  const isAsking = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const permit: Check['permit'] = async () => {
    seen.push('question');
    ask();
    await asked;
    seen.push('answer');
    return undefined;
  };
  const running = runChecks(
    [check('subscription.url'), check('network.socket'), check('socket.accepted', { permit }), check('events.lag')],
    context,
    {
      onResult: async ({ id }) => void reported.push(id),
      onWaiting: ({ id }) => void seen.push(id),
    },
  );
  await isAsking;
  expect(reported).toEqual(['subscription.url', 'network.socket']);
  await new Promise(setImmediate);
  answer();
  await running;
  expect(seen).toEqual(['subscription.url', 'network.socket', 'socket.accepted', 'question', 'answer', 'events.lag']);
});

test('ends at once when it is interrupted', async () => {
  const { stop, context, watchers, clock } = world();
  const running = runChecks([check('setup.runtime', { run: () => new Promise(() => {}) })], context, watchers);
  const outcome = expect(running).rejects.toThrow('stopped by SIGINT');
  stop.abort(new Error('stopped by SIGINT'));
  await outcome;
  expect(clock.sleepers()).toBe(0);
});

test('a defect of a check is no finding', async () => {
  const { context, watchers } = world();
  const broken = check('setup.runtime', { run: () => Promise.reject(new TypeError('a bug')) });
  await expect(runChecks([broken], context, watchers)).rejects.toThrow('a bug');
});

test('the list holds every id once, in order, and what a check waits for leads in no circle', () => {
  expect(CHECKS.map(({ id }) => id)).toEqual([...CHECK_IDS, ...WEBHOOK_CHECK_IDS, ...SYNC_CHECK_IDS]);
  const done = new Set<string>();
  let left = [...CHECKS];
  while (left.length > 0) {
    const ready = left.filter((one) => [...needsOf(one, options), ...(one.after ?? [])].every((id) => done.has(id)));
    expect(ready).not.toEqual([]);
    for (const { id } of ready) done.add(id);
    left = left.filter(({ id }) => !done.has(id));
  }
});
