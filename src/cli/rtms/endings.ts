import { ZoomWsError } from '../../errors.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_TIMED_OUT, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import type { StopSignal } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { labelOf, type StreamEnd, type StreamStart } from '../../rtms/index.ts';

export type RunEnd = {
  readonly reachedLimit: boolean;
  readonly readerGone: boolean;
  readonly by: StopSignal | undefined;
  readonly timeIsOver: boolean;
  readonly hadLimit: boolean;
};

/** Keeps count of how streams ended, and makes the exit status of it. */
export const endings = (endsWithThem: boolean, notify: Notify, stop: () => void) => {
  let fatal: ZoomWsError | undefined;
  let givenUp = 0;
  return {
    /** Whether any stream was ever ready. */
    hasStarted: false,
    /** `taken`: how many streams there were so far. What ends the only one ends the run with its own status. */
    add(start: StreamStart, end: StreamEnd, taken: number) {
      if (end.how === 'left' || end.how === 'stopped') return;
      const code = end.how === 'refused' ? 'refused' : end.how === 'displaced' ? 'displaced' : 'unreachable';
      const error = new ZoomWsError(code, `${labelOf(start)}: ${end.why}`, { hint: end.hint });
      if (taken === 1 && end.how !== 'given-up') {
        fatal = error;
        if (!endsWithThem) stop();
        return;
      }
      givenUp += 1;
      if (taken === 1 && endsWithThem) fatal = error;
      else
        notify({
          kind: 'warning',
          text: `${error.message.replace(/\.$/, '')}; the stream was given up`,
          hint: end.hint,
        });
    },
    /** A disk that is full, for example: exit 1 at the end. */
    fail() {
      givenUp += 1;
    },
    /** Throws what ended the only stream. */
    status(this: { readonly hasStarted: boolean }, run: RunEnd): number {
      if (run.reachedLimit || run.readerGone) return EXIT_OK;
      if (run.by !== undefined) return SIGNAL_EXIT_CODES[run.by];
      if (fatal) throw fatal;
      if (run.timeIsOver) {
        if (!this.hasStarted) {
          throw new ZoomWsError('never-connected', 'The time of --for was over, and no stream had started.', {
            hint: 'Zoom sends a start event when RTMS begins in a meeting: check auto-start, the app\'s events and scopes with "zoom-ws doctor".',
          });
        }
        if (run.hadLimit) return EXIT_TIMED_OUT;
      }
      return givenUp > 0 ? EXIT_FAILED : EXIT_OK;
    },
  };
};
