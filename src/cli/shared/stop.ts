import type { Host } from '../../host.ts';
import type { Clock } from '../../time/clock.ts';
import { type Interrupt, listenForStop } from './interrupt.ts';

/** Everything that can end a run from outside: a signal, `--for`, a reader that has gone, the run itself. */
export type Stop = {
  readonly signal: AbortSignal;
  /** Ends the run: the limit is reached, the reader has gone. */
  now(): void;
  readonly by: Interrupt['by'];
  readonly timeIsOver: () => boolean;
  /** Stops listening for signals. */
  readonly release: () => void;
};

export const createStop = (
  host: Pick<Host, 'onSignal' | 'exitNow'> & { clock: Clock },
  forMs: number | undefined,
): Stop => {
  const interrupt = listenForStop(host);
  const ours = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, ours.signal]);
  let over = false;
  if (forMs !== undefined) {
    host.clock.sleep(forMs, signal).then(
      () => {
        over = true;
        ours.abort();
      },
      // Something else ended the run first.
      () => {},
    );
  }
  return { signal, now: () => ours.abort(), by: interrupt.by, timeIsOver: () => over, release: interrupt.release };
};

/** After a stop, this long is waited for a reader that does not take what was received. */
const LAST_WRITE_MS = 5_000;

/** Waits for the work; `stuck` if a stop was asked for and the work does not end soon after it. */
export const finishedOrStuck = async (
  work: Promise<void>,
  signal: AbortSignal,
  clock: Clock,
): Promise<'finished' | 'stuck'> => {
  const settled = new AbortController();
  const stuck = new Promise<'stuck'>((resolve) => {
    const wait = () =>
      clock.sleep(LAST_WRITE_MS, settled.signal).then(
        () => resolve('stuck'),
        () => {},
      );
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait);
  });
  try {
    return await Promise.race([work.then(() => 'finished' as const), stuck]);
  } finally {
    settled.abort();
  }
};
