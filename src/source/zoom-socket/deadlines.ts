import type { Link } from '../../link/dial.ts';
import type { Clock } from '../../time/clock.ts';
import { awaitDeadline } from './steady-sleep.ts';

/** How long DNS, TCP, TLS and the upgrade may take together. */
const OPENING_MS = 15_000;
/** An answer to the connection (`build_connection`) must come this soon after the upgrade. */
const ANSWER_MS = 15_000;
/** How long the other side may take to answer our close; what is in flight still arrives meanwhile. */
const CLOSE_MS = 2_000;
/** How long the other side may leave the connection open after its own close frame. */
const LINGER_MS = 4_000;

/**
 * Gives up a connection that does not open in time, or gets no answer in time; `giveUp` is told why. What came while the
 * process stood still counts, however late it is read. Rejects with the signal's reason when `answered` aborts: the answer
 * is there, or the connection is gone.
 */
export const awaitAnswer = async (
  link: Pick<Link, 'opened'>,
  clock: Clock,
  answered: AbortSignal,
  giveUp: (why: string) => void,
): Promise<void> => {
  const opened = new AbortController();
  link.opened.then(() => opened.abort());
  try {
    await awaitDeadline(OPENING_MS, clock, AbortSignal.any([opened.signal, answered]));
    return giveUp(`the connection could not be opened within ${OPENING_MS / 1000} s`);
  } catch (error) {
    if (!opened.signal.aborted) throw error;
  }
  await awaitDeadline(ANSWER_MS, clock, answered);
  giveUp(`no answer to the connection within ${ANSWER_MS / 1000} s`);
};

/** Resolves when the other side has had its time to answer our close. */
export const closeUnanswered = (clock: Clock, signal: AbortSignal): Promise<void> =>
  awaitDeadline(CLOSE_MS, clock, signal);

/** Resolves when the other side has had its time to end the connection after its own close; `onClose` hears of that. */
export const lingers = async (
  link: Pick<Link, 'closing'>,
  onClose: () => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  await link.closing;
  onClose();
  await clock.sleep(LINGER_MS, signal);
};
