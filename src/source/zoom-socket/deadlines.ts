import type { Link } from '../../link/dial.ts';
import type { Clock } from '../../time/clock.ts';

/** How long DNS, TCP, TLS and the upgrade may take together. */
const OPENING_MS = 15_000;
/** An answer to the connection (`build_connection`) must come this soon after the upgrade. */
const ANSWER_MS = 15_000;

/**
 * Gives up a connection that does not open in time, or gets no answer in time; `giveUp` is told why. Rejects with the
 * signal's reason when `answered` aborts: the answer is there, or the connection is gone.
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
    await clock.sleep(OPENING_MS, AbortSignal.any([opened.signal, answered]));
    return giveUp(`the connection could not be opened within ${OPENING_MS / 1000} s`);
  } catch (error) {
    if (!opened.signal.aborted) throw error;
  }
  await clock.sleep(ANSWER_MS, answered);
  giveUp(`no answer to the connection within ${ANSWER_MS / 1000} s`);
};
