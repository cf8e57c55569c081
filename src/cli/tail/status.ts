import { ZoomWsError } from '../../errors.ts';
import { EXIT_OK, EXIT_TIMED_OUT, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import type { StopSignal } from '../../host.ts';

/** What is known of a run when it has ended without an error. */
export type TailEnd = {
  readonly reachedLimit: boolean;
  readonly readerGone: boolean;
  readonly by: StopSignal | undefined;
  readonly timeIsOver: boolean;
  readonly hadLimit: boolean;
  readonly wasReady: boolean;
};

/**
 * The exit status of a run. What was asked for counts first; throws `never-connected` if `--for` was over and no
 * connection had ever been accepted.
 */
export const tailStatus = (end: TailEnd): number => {
  if (end.reachedLimit || end.readerGone) return EXIT_OK;
  if (end.by !== undefined) return SIGNAL_EXIT_CODES[end.by];
  if (!end.timeIsOver) return EXIT_OK;
  if (!end.wasReady) {
    throw new ZoomWsError('never-connected', 'The time of --for was over, and Zoom had never accepted a connection.', {
      hint: 'Run "zoom-ws doctor" to see why, or give it more time.',
    });
  }
  return end.hadLimit ? EXIT_TIMED_OUT : EXIT_OK;
};
