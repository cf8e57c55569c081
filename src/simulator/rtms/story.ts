import type { EpochMs } from '../../time/clock.ts';
import type { Stream } from './stream.ts';

/** The start and stop events of streams, told among other stories. */
export type Story = {
  /** The event whose time has come, if there is one. */
  due(): string | undefined;
};

export type StoryDeps = {
  readonly now: () => EpochMs;
  readonly restMs: number;
  readonly open: () => Stream;
  readonly startText: (stream: Stream) => string;
  readonly stopText: (stream: Stream, at: EpochMs) => string;
};

/** One stream after the other, in the time of the stories: the same events, wherever the run itself is slow. */
export const createStory = ({ now, restMs, open, startText, stopText }: StoryDeps): Story => {
  let going: Stream | undefined;
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    due() {
      const at = now();
      if (going === undefined) {
        if (at < nextAt) return undefined;
        going = open();
        return startText(going);
      }
      const stopsAt = going.at + going.script.lengthMs;
      if (at < stopsAt) return undefined;
      // By a fault or its client it may have ended before its time, and was told of then.
      const text = going.isStopTold ? undefined : stopText(going, stopsAt);
      going = undefined;
      nextAt = stopsAt + restMs;
      return text;
    },
  };
};
