import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../../src/event/arrival.ts';
import { createLedger } from '../../../src/source/zoom-socket/ledger.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

type Named = {
  silentSince: number | undefined;
  successor: Named | undefined;
  readonly silentMs: () => number;
  readonly heir: () => Named | undefined;
};

/** Connections by name, each of which lives until it is told to be silent. */
const open = () => {
  const clock = manualClock(0);
  const emitted: Arrival[] = [];
  const changes: boolean[] = [];
  const ledger = createLedger(
    clock,
    (arrival) => emitted.push(arrival),
    (isLive) => changes.push(isLive),
  );
  const connections = new Map<string, Named>();
  const of = (name: string) => {
    const known: Named = connections.get(name) ?? {
      silentSince: undefined,
      successor: undefined,
      heir: () => known.successor,
      silentMs: () => (known.silentSince === undefined ? 0 : clock.monotonic() - known.silentSince),
    };
    connections.set(name, known);
    return known;
  };
  const gaps = () =>
    emitted.flatMap((arrival) => {
      if (arrival.kind !== 'lifecycle') return [];
      const { object } = JSON.parse(arrival.raw).payload;
      return [[Date.parse(object.from), Date.parse(object.to), object.duration_ms]];
    });
  return {
    clock,
    ledger,
    changes,
    gaps,
    up: (name: string) => ledger.up(of(name)),
    down: (name: string) => ledger.down(of(name), 'because'),
    silent: (name: string) => {
      of(name).silentSince = clock.monotonic();
    },
    /** Something is heard again, as after a standstill. */
    heard: (name: string) => {
      of(name).silentSince = undefined;
    },
    /** Zoom said that the next one (`a`, `a2`, `a3`) took its place. */
    gives: (name: string) => {
      of(name).successor = of(`${name[0]}${Number(name[1] ?? 1) + 1}`);
    },
  };
};

type Steps = readonly (readonly ['up' | 'down' | 'silent' | 'heard' | 'gives', string] | number)[];

const play = (steps: Steps) => {
  const account = open();
  for (const step of steps) {
    if (typeof step === 'number') account.clock.freeze(step);
    else account[step[0]](step[1]);
  }
  account.ledger.close();
  return account;
};

test.each<[string, Steps, number[][]]>([
  ['nothing before the first connection', [100, ['up', 'a'], 100], []],
  ['between two connections', [['up', 'a'], 100, ['down', 'a'], 50, ['up', 'a2']], [[100, 150, 50]]],
  [
    'from the last sign of life',
    [['up', 'a'], 100, ['silent', 'a'], 40, ['down', 'a'], 50, ['up', 'b']],
    [[100, 190, 90]],
  ],
  ['to the end of the run', [['up', 'a'], 100, ['down', 'a'], 50], [[100, 150, 50]]],
  [
    'none while another lives',
    [['up', 'a'], ['up', 'b'], 100, ['down', 'a'], 50, ['up', 'a2'], 10, ['down', 'b'], 10],
    [],
  ],
  [
    'only while none lives',
    [['up', 'a'], ['up', 'b'], 100, ['down', 'a'], 50, ['down', 'b'], 30, ['up', 'c']],
    [[150, 180, 30]],
  ],
  ['a hand-over from a living one', [['up', 'a'], 100, ['up', 'b'], 20, ['down', 'a'], 50], []],
  [
    'a hand-over from a dead one',
    [['up', 'a'], 100, ['silent', 'a'], 30, ['up', 'b'], 20, ['down', 'a'], 50],
    [[100, 130, 30]],
  ],
  [
    'a time for which only a dead one was counted on',
    [['up', 'a'], ['up', 'b'], 100, ['silent', 'a'], 10, ['down', 'b'], 25, ['up', 'b2'], 15, ['down', 'a'], 5],
    [[110, 135, 25]],
  ],
  [
    'two such times',
    [
      ['up', 'a'],
      ['up', 'b'],
      100,
      ['silent', 'a'],
      10,
      ['down', 'b'],
      25,
      ['up', 'b2'],
      15,
      ['down', 'b2'],
      5,
      ['up', 'b3'],
      ['down', 'a'],
      5,
    ],
    [
      [110, 135, 25],
      [150, 155, 5],
    ],
  ],
  [
    'both dead at the same time',
    [
      ['up', 'a'],
      ['up', 'b'],
      100,
      ['silent', 'a'],
      ['silent', 'b'],
      20,
      ['up', 'c'],
      20,
      ['down', 'a'],
      1,
      ['down', 'b'],
      9,
    ],
    [[100, 120, 20]],
  ],
  [
    'one, from the first acceptance, where two break together and nothing was heard',
    [
      ['up', 'a'],
      2,
      ['up', 'b'],
      ['silent', 'b'],
      1_000,
      ['down', 'b'],
      ['silent', 'a'],
      ['down', 'a'],
      800,
      ['up', 'c'],
    ],
    [[1_002, 1_802, 800]],
  ],
  [
    'one, where the first of two was silent from its acceptance on',
    [
      ['up', 'a'],
      ['silent', 'a'],
      2,
      ['up', 'b'],
      ['silent', 'b'],
      1_800,
      ['down', 'b'],
      ['down', 'a'],
      9,
      ['up', 'c'],
    ],
    [[0, 1_811, 1_811]],
  ],
  [
    'one, where the second of two was silent from its acceptance on and is found later',
    [
      ['up', 'a'],
      ['silent', 'a'],
      2,
      ['up', 'b'],
      ['silent', 'b'],
      1_800,
      ['down', 'a'],
      ['down', 'b'],
      9,
      ['up', 'c'],
    ],
    [[0, 1_811, 1_811]],
  ],
  [
    'one, where three break together one after the other',
    [
      ...[['up', 'a'] as const, ['silent', 'a'] as const, 2, ['up', 'b'] as const, ['silent', 'b'] as const, 3],
      ...[['up', 'c'] as const, ['silent', 'c'] as const, 1_000],
      ...[['down', 'a'] as const, ['down', 'b'] as const, 1, ['down', 'c'] as const, 9, ['up', 'd'] as const],
    ],
    [[0, 1_015, 1_015]],
  ],
  [
    'told all the same where the one behind it lives',
    [
      ['up', 'a'],
      ['silent', 'a'],
      2,
      ['up', 'b'],
      ['silent', 'b'],
      50,
      ['down', 'a'],
      9,
      ['heard', 'b'],
      ['up', 'c'],
      ['down', 'c'],
    ],
    [[0, 2, 2]],
  ],
  [
    'none where Zoom itself replaced one by the next, however late we read of it',
    [['up', 'a'], ['silent', 'a'], 9_000, ['up', 'a2'], ['gives', 'a'], ['down', 'a'], 100],
    [],
  ],
  [
    'from before a standstill, where the next one proves to have been dead when we read that it was accepted',
    [
      ['up', 'a'],
      100,
      ['silent', 'a'],
      ['silent', 'a2'],
      9_000,
      ['up', 'a2'],
      ['gives', 'a'],
      ['down', 'a'],
      100,
      ['down', 'a2'],
      50,
    ],
    [[100, 9_250, 9_150]],
  ],
  [
    'none where the next one proves to live',
    [
      ['up', 'a'],
      100,
      ['silent', 'a'],
      ['silent', 'a2'],
      9_000,
      ['up', 'a2'],
      ['gives', 'a'],
      ['down', 'a'],
      100,
      ['heard', 'a2'],
      ['down', 'a2'],
      ['up', 'b'],
    ],
    [[9_200, 9_200, 0]],
  ],
  [
    'from before a standstill, where a whole line of successors proves to have been dead',
    [
      ['up', 'a'],
      100,
      ['silent', 'a'],
      ['silent', 'a2'],
      ['silent', 'a3'],
      9_000,
      ['up', 'a2'],
      ['gives', 'a'],
      ['down', 'a'],
      100,
      ['up', 'a3'],
      ['gives', 'a2'],
      ['down', 'a2'],
      ['up', 'b'],
      ['down', 'a3'],
      50,
    ],
    [[100, 9_200, 9_100]],
  ],
  ['one that was never accepted', [['up', 'a'], 100, ['down', 'never'], 10], []],
])('a gap is %s', (_, steps, expected) => {
  const { gaps, ledger } = play(steps);
  expect(gaps()).toEqual(expected);
  expect(ledger.totals()).toEqual({
    gaps: expected.length,
    gapMs: expected.reduce((sum, [, , ms]) => sum + (ms ?? 0), 0),
  });
});

test.each<[string, (clock: ManualClock) => void, number[]]>([
  ['sleeps', (clock) => clock.suspend(60_000), [100, 60_100, 60_000]],
  ['stands still', (clock) => clock.freeze(60_000), [100, 60_100, 60_000]],
  [
    'is stepped back',
    (clock) => {
      clock.freeze(5_000);
      clock.step(-3_600_000);
    },
    [100 - 3_600_000, 5_100 - 3_600_000, 5_000],
  ],
])('the length of a gap holds when the clock %s', (_, jump, expected) => {
  const { clock, up, down, gaps } = open();
  up('a');
  clock.freeze(100);
  down('a');
  jump(clock);
  up('b');
  expect(gaps()).toEqual([expected]);
});

test('says when the last one goes and when one is back', () => {
  const { changes } = play([['up', 'a'], ['up', 'b'], 5, ['down', 'a'], 5, ['down', 'b'], 5, ['up', 'c']]);
  expect(changes).toEqual([true, false, true]);
});

test('gaps are exactly the times in which nothing truly lived, whatever happens in which order', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const steps = fc.array(
    fc.oneof(fc.tuple(fc.constantFrom('up', 'down', 'silent'), names), fc.integer({ min: 1, max: 900 })),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (raw) => {
      // Each name is a line of connections; what makes no sense (down without up) is left out.
      const { clock, ledger, gaps } = open();
      const current = new Map<string, { dead: boolean; lived: [number, number]; silentMs: () => number }>();
      const lives: [number, number][] = [];
      let first: number | undefined;
      for (const step of raw) {
        const now = clock.monotonic();
        if (typeof step === 'number') {
          clock.freeze(step);
          continue;
        }
        const [act, name] = step as ['up' | 'down' | 'silent', string];
        const one = current.get(name);
        if (act === 'up' && !one) {
          first ??= now;
          const made = {
            dead: false,
            lived: [now, now] as [number, number],
            silentMs: () => (made.dead ? clock.monotonic() - made.lived[1] : 0),
          };
          current.set(name, made);
          ledger.up(made);
        }
        if (act === 'silent' && one && !one.dead) {
          one.dead = true;
          one.lived[1] = now;
        }
        if (act === 'down' && one) {
          if (!one.dead) one.lived[1] = now;
          lives.push(one.lived);
          current.delete(name);
          ledger.down(one, 'because');
        }
      }
      for (const one of current.values()) {
        if (!one.dead) one.lived[1] = clock.monotonic();
        lives.push(one.lived);
        ledger.down(one, 'because');
      }
      ledger.close();
      const isLived = (at: number) => lives.some(([from, to]) => from <= at && at < to);
      const isGap = (at: number) => gaps().some(([from = 0, to = 0]) => from <= at && at < to);
      for (let at = first ?? clock.monotonic(); at < clock.monotonic(); at += 1)
        expect([at, isGap(at)]).toEqual([at, !isLived(at)]);
    }),
    { numRuns: 60 },
  );
});
