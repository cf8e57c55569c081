import type { Clock, EpochMs } from '../../time/clock.ts';
import { type Fact, startsTimeline } from '../wire/fact.ts';

/** The stream's start is the earliest of what comes within this time after the first data. */
const COLLECT_MS = 1_000;

/** Where a stream's time begins. Facts pass through in order, held back until the start is known. */
export type Timeline = {
  add(fact: Fact): void;
  /** The start; undefined before anything was received. */
  base(): EpochMs | undefined;
  /** Fixes the start now and lets everything through. */
  finish(): void;
};

/**
 * `known`: the start as an earlier run has written it down. `pass` gets each fact once the start is known, and before any
 * data with none. `onFixed` is told the start.
 */
export const createTimeline = (
  known: EpochMs | undefined,
  clock: Pick<Clock, 'sleep'>,
  pass: (fact: Fact, base: EpochMs | undefined) => void,
  onFixed: (base: EpochMs) => void,
): Timeline => {
  let base = known;
  let earliest: EpochMs | undefined;
  let held: Fact[] = [];
  const done = new AbortController();

  const fix = (): void => {
    if (base !== undefined || earliest === undefined) return;
    base = earliest;
    onFixed(base);
    const waiting = held;
    held = [];
    for (const fact of waiting) pass(fact, base);
  };
  return {
    base: () => base,
    add(fact) {
      if (base !== undefined) return pass(fact, base);
      const at = startsTimeline(fact);
      if (at === undefined && earliest === undefined) return pass(fact, undefined);
      if (at !== undefined && earliest === undefined) clock.sleep(COLLECT_MS, done.signal).then(fix, () => {});
      if (at !== undefined) earliest = Math.min(earliest ?? at, at);
      held.push(fact);
    },
    finish() {
      done.abort();
      fix();
    },
  };
};
