import { type Flags, type Values, valueFlag } from '../../config/flag.ts';
import { ZoomWsError } from '../../errors.ts';
import { type Input, lastTime } from '../../recording/index.ts';
import { needsLastEvent, parseMoment, resolveMoment, type Window } from '../../source/replay/index.ts';

/** Which part of a recording: for every command that reads one. */
export const WINDOW_FLAGS = {
  since: valueFlag({
    spelling: '--since <time>',
    help: 'from this time on: 2026-11-22T10:42, 10:42 (of the last day), 30m (before the last event)',
    parse: parseMoment,
  }),
  until: valueFlag({ spelling: '--until <time>', help: 'up to this time', parse: parseMoment }),
} satisfies Flags;

type WindowValues = Values<typeof WINDOW_FLAGS>;

/** What cannot be meant: a time that depends on the last event, where that is not known beforehand. */
export const windowComplaints = (
  { since, until }: WindowValues,
  words: readonly string[],
  follow: boolean,
): readonly string[] => {
  const complaints: string[] = [];
  for (const [flag, moment] of [['--since', since] as const, ['--until', until] as const]) {
    if (moment === undefined || !needsLastEvent(moment)) continue;
    const what = moment.kind === 'back' ? 'a duration counts back from the last event' : 'it is a time of the last day';
    if (words.includes('-')) complaints.push(`${flag}: ${what}, which is not known while stdin is read.`);
    else if (follow && moment.kind === 'back')
      complaints.push(`${flag}: ${what}, and with --follow there is none yet.`);
  }
  return complaints;
};

/** The times themselves; undefined where none were asked for. Throws `usage` where they are in the wrong order. */
export const windowOf = async (
  { since, until, utc }: WindowValues & { readonly utc: boolean },
  inputs: readonly Input[],
): Promise<Window | undefined> => {
  if (since === undefined && until === undefined) return undefined;
  const needsLast = [since, until].some((moment) => moment !== undefined && needsLastEvent(moment));
  const stream = needsLast ? inputs.find(({ file }) => file?.stats.isFile() !== true) : undefined;
  if (stream !== undefined) {
    throw new ZoomWsError('usage', `--since and --until: the last event of "${stream.name}" is not known beforehand.`, {
      hint: 'Give a full time such as 2026-11-22T10:42:00Z, or a file.',
    });
  }
  // A recording without a single time has no events to choose from either.
  const last = needsLast ? ((await lastTime(inputs)) ?? 0) : 0;
  const window = {
    since: since && resolveMoment(since, utc, last),
    until: until && resolveMoment(until, utc, last),
  };
  if (window.since !== undefined && window.until !== undefined && window.since > window.until) {
    const [from, to] = [window.since, window.until].map((at) => new Date(at).toISOString());
    throw new ZoomWsError('usage', `--since (${from}) is later than --until (${to}).`, { hint: 'Exchange the two.' });
  }
  return window;
};
