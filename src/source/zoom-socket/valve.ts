import type { Link } from '../../link/dial.ts';
import type { Pulse } from '../../link/pulse.ts';
import type { Valve } from '../inbox.ts';

/** Pauses and resumes the reading of one connection, and remembers that it did. `mayPause`: whether it can be paused now. */
export const createValve = (
  link: Pick<Link, 'pause' | 'resume'>,
  pulse: Pick<Pulse, 'pause' | 'resume'>,
  mayPause: () => boolean,
): Valve & { readonly isPaused: () => boolean; readonly wasPaused: () => boolean } => {
  let isPaused = false;
  let wasPaused = false;
  return {
    pause() {
      if (isPaused || !mayPause()) return;
      isPaused = true;
      pulse.pause();
      link.pause();
    },
    resume() {
      if (isPaused) pulse.resume();
      wasPaused ||= isPaused;
      isPaused = false;
      link.resume();
    },
    isPaused: () => isPaused,
    /** Whether it was paused at any time since the last call. */
    wasPaused() {
      const was = wasPaused || isPaused;
      wasPaused = false;
      return was;
    },
  };
};
