import type { Arrival } from '../../event/arrival.ts';

/** Held text beyond this is let go at once: order across two sockets is not worth unbounded memory. */
const MOST_HELD = 4 * 1024 * 1024;

/** A place where arrivals wait, in order, until they are let go. */
export type Hold = {
  readonly emit: (arrival: Arrival) => void;
  /** Passes on what waited, and from now on everything at once. */
  release(): void;
};

/** Holds back what a new connection brings, until the old one has brought all that was before it. */
export const createHold = (emit: (arrival: Arrival) => void): Hold => {
  let held: Arrival[] | undefined = [];
  let size = 0;
  const release = (): void => {
    const waiting = held ?? [];
    held = undefined;
    for (const arrival of waiting) emit(arrival);
  };
  return {
    emit(arrival) {
      if (!held) return emit(arrival);
      held.push(arrival);
      size += arrival.kind === 'control' ? arrival.frame.length : arrival.raw.length;
      if (size > MOST_HELD) release();
    },
    release,
  };
};
