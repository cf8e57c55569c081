import { ZoomWsError } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import { resolveMoment } from '../../source/replay/index.ts';
import type { Wish } from '../../sync/index.ts';
import type { EpochMs } from '../../time/clock.ts';
import type { SyncValues } from './flags.ts';

/** Reports go back six months [Zoom's documentation, reports]. */
const MONTHS_BACK = 6;

/** The window of `--since` and `--until`; durations count back from now. Throws `usage` if they are in the wrong order. */
export const windowOf = (
  { since, until }: Pick<SyncValues, 'since' | 'until'>,
  now: EpochMs,
  notify: Notify,
): NonNullable<Wish['window']> => {
  const earliest = sixMonthsBefore(now);
  const window = {
    since: since === undefined ? earliest : resolveMoment(since, false, now),
    until: until === undefined ? now : resolveMoment(until, false, now),
  };
  if (window.since > window.until) {
    const [from, to] = [window.since, window.until].map((at) => new Date(at).toISOString());
    throw new ZoomWsError('usage', `--since (${from}) is later than --until (${to}).`, { hint: 'Swap the two.' });
  }
  if (window.since >= earliest) return window;
  const day = new Date(earliest).toISOString().slice(0, 10);
  notify({ kind: 'warning', text: `Zoom reports six months at most: the window is cut, and begins on ${day}` });
  return { ...window, since: earliest };
};

const sixMonthsBefore = (now: EpochMs): EpochMs => {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() - MONTHS_BACK);
  // The 31st of a month that has none would be in the next one.
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
};
