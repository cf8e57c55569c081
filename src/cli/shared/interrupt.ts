import { EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import type { Host, StopSignal } from '../../host.ts';

/** The first signal asks to stop, a second Ctrl-C insists. */
export type Interrupt = {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Which signal it was; undefined if there was none. */
  readonly by: () => StopSignal | undefined;
  /** Stops listening: the signals do again what they do by themselves. */
  readonly release: () => void;
};

/** Listens for SIGINT, SIGTERM and SIGHUP. It works as PID 1 too, for which the kernel has no default actions. */
export const listenForStop = (host: Pick<Host, 'onSignal' | 'exitNow'>): Interrupt => {
  const stop = new AbortController();
  let by: StopSignal | undefined;
  const release = host.onSignal((signal) => {
    if (by !== undefined && signal === 'SIGINT') host.exitNow(SIGNAL_EXIT_CODES.SIGINT);
    by ??= signal;
    stop.abort(new Error(`stopped by ${signal}`));
  });
  return { signal: stop.signal, by: () => by, release };
};

/** Does something until a signal asks to stop, and answers with the exit status. stdin is let go of then. */
export const untilStopped = async (
  host: Pick<Host, 'onSignal' | 'exitNow' | 'stdin'>,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<number> => {
  const { signal, by, release } = listenForStop(host);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  try {
    await Promise.race([work(signal), stopped]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    release();
    if (signal.aborted) host.stdin.destroy();
  }
  const first = by();
  return first === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[first];
};
