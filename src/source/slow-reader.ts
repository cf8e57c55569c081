import type { Notify } from '../notice/notice.ts';
import type { Clock } from '../time/clock.ts';

/** Shorter than this is a burst, not news. */
const WORTH_SAYING_MS = 1_000;
/** A reader for whom reading was not paused for this long has caught up; one that is only slower pauses it again at once. */
const CAUGHT_UP_MS = 1_000;

/** Says that the reader of stdout is too slow, once it is for a while, and for how long it was. */
export const createSlowReaderWatch = (clock: Clock, notify: Notify) => {
  let isFull = false;
  let slowSince: number | undefined;
  let isSaid = false;
  let waiting = new AbortController();

  const after = (ms: number, then: () => void): void => {
    // What is no longer waited for has come otherwise.
    clock.sleep(ms, waiting.signal).then(then, () => {});
  };
  const saySlow = (): void => {
    if (!isSaid) notify({ kind: 'reader-slow' });
    isSaid = true;
  };
  const beginWait = (): void => {
    waiting.abort();
    waiting = new AbortController();
  };
  /** The reader has had room since `ms` after it became slow. */
  let slowForMs = 0;
  const sayCaughtUp = (): void => {
    if (isSaid) notify({ kind: 'reader-caught-up', ms: slowForMs });
    slowSince = undefined;
    isSaid = false;
  };
  return {
    onFull: (): void => {
      beginWait();
      isFull = true;
      slowSince ??= clock.monotonic();
      if (clock.monotonic() - slowSince >= WORTH_SAYING_MS) saySlow();
      else after(WORTH_SAYING_MS, saySlow);
    },
    onRoom: (): void => {
      beginWait();
      isFull = false;
      slowForMs = clock.monotonic() - (slowSince ?? clock.monotonic());
      after(CAUGHT_UP_MS, sayCaughtUp);
    },
    /** At the end of the run. */
    stop: (): void => {
      waiting.abort();
      if (!isFull) sayCaughtUp();
    },
  };
};
