import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';

/** A pause shorter than this is a burst, not news. */
const WORTH_SAYING_MS = 1_000;

/** Says that the reader of stdout is too slow, once it is for a while, and for how long it was. */
export const createSlowReaderWatch = (clock: Clock, notify: Notify) => {
  let fullSince: number | undefined;
  let said: AbortController | undefined;
  return {
    onFull: (): void => {
      fullSince = clock.monotonic();
      const over = new AbortController();
      said = over;
      clock.sleep(WORTH_SAYING_MS, over.signal).then(
        () => notify({ kind: 'reader-slow' }),
        // It caught up before that.
        () => {},
      );
    },
    onRoom: (): void => {
      said?.abort();
      const ms = clock.monotonic() - (fullSince ?? clock.monotonic());
      if (ms >= WORTH_SAYING_MS) notify({ kind: 'reader-caught-up', ms });
    },
    /** At the end of the run. */
    stop: (): void => said?.abort(),
  };
};
