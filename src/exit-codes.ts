import type { ErrorCode } from './errors.ts';
import type { StopSignal } from './host.ts';

/** Done as asked. */
export const EXIT_OK = 0;
/** A check of `doctor` failed, or `--strict` found damage. */
export const EXIT_FAILED = 1;
/** `--for` was over before `--limit` events had come; the status that coreutils' `timeout` uses. */
export const EXIT_TIMED_OUT = 124;

/** The status with which each error ends the process. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  settings: 2,
  input: 2,
  refused: 3,
  displaced: 4,
  'not-zoom': 1,
  unreachable: 1,
  'never-connected': 1,
  output: 1,
  damaged: 1,
  busy: 1,
  'not-found': 1,
  'not-written': 1,
  internal: 1,
};

/**
 * The status after a signal and a clean close. SIGTERM is how supervisors say "done", hence 0;
 * the others follow the shell's 128 + number.
 */
export const SIGNAL_EXIT_CODES: Readonly<Record<StopSignal, number>> = { SIGTERM: 0, SIGHUP: 129, SIGINT: 130 };
