import type { Link } from '../../link/dial.ts';
import type { Pulse } from '../../link/pulse.ts';
import type { Valve } from '../inbox.ts';

/** Pauses and resumes the reading of one connection, and remembers that it did. */
export type ConnectionValve = Valve & {
  /** From now on it may be paused, and is if that was asked for before: Zoom's answer had to be read first. */
  allow(): void;
  /** Reads on, and is not paused again. */
  open(): void;
  isPaused(): boolean;
  /** Whether it was paused at any time since the last call. */
  wasPaused(): boolean;
};

export const createValve = (
  link: Pick<Link, 'pause' | 'resume'>,
  pulse: Pick<Pulse, 'pause' | 'resume'>,
): ConnectionValve => {
  let mayPause = false;
  let isAsked = false;
  let isPaused = false;
  let wasPaused = false;
  const pause = (): void => {
    isAsked = true;
    if (isPaused || !mayPause) return;
    isPaused = true;
    pulse.pause();
    link.pause();
  };
  const resume = (): void => {
    isAsked = false;
    if (isPaused) pulse.resume();
    wasPaused ||= isPaused;
    isPaused = false;
    link.resume();
  };
  return {
    pause,
    resume,
    allow() {
      mayPause = true;
      if (isAsked) pause();
    },
    open() {
      mayPause = false;
      resume();
    },
    isPaused: () => isPaused,
    wasPaused() {
      const was = wasPaused || isPaused;
      wasPaused = false;
      return was;
    },
  };
};
