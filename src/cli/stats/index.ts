import { readFlags } from '../../config/read-flags.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { FILTER_FLAGS, FILTER_NOTES, filterWarnings } from '../shared/filter-flags.ts';
import { WINDOW_FLAGS, windowComplaints } from '../shared/window-flags.ts';
import { SHOWN_FLAGS, STATS_FLAGS, type StatsValues } from './flags.ts';

const NOTES = `${FILTER_NOTES}

Lag is the time from Zoom's event_ts to the receipt. Percentiles are by nearest rank: exact up to 65,536 distinct
values, within 0.1 % beyond. Repeats are found among the last 262,144 events at least.
A stay is complete if both its join and its leave were recorded; what a gap has swallowed is left empty.

Exit codes: 0 done; 1 --strict and a line was unreadable; 2 wrong usage, or a file that cannot be read; 130 SIGINT
(what was read until then is summed up).`;

export const command: Command = {
  words: '[file...]',
  flags: [
    { title: 'Which events:', flags: { ...FILTER_FLAGS, ...WINDOW_FLAGS } },
    { title: 'What is shown:', flags: SHOWN_FLAGS },
  ],
  common: ['event', 'where', 'meeting', 'since', 'until', 'meetings', 'csv', 'json', 'top', 'utc'],
  examples: [
    ['zoom-ws stats today.ndjson.gz', 'what happened, at a glance'],
    ['zoom-ws stats --meetings today.ndjson', 'who was in which meeting'],
    ['zoom-ws stats --meetings --csv --meeting 81234567890 today.ndjson', 'attendance of one meeting'],
    ["zoom-ws stats --json today.ndjson | jq '.gaps'", 'a number for a script'],
    ['zoom-ws stats --event recording *.ndjson', 'one kind of event of several recordings'],
  ],
  notes: NOTES,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    const { values, complaints } = readFlags(STATS_FLAGS, typed);
    const all = [...complaints, ...statsComplaints(values, words)];
    if (all.length > 0) throw new ZoomWsError('usage', all.join('\n'), { hint: 'Run "zoom-ws stats --help".' });
    for (const text of await filterWarnings(values)) notify({ kind: 'warning', text });
    const { runStats } = await import('./run.ts');
    return runStats(host, invocation, values);
  },
};

const statsComplaints = (values: StatsValues, words: readonly string[]): readonly string[] => [
  ...(words.length === 0 ? ['Expected a recording: the path of a file, or - for stdin.'] : []),
  ...(values.csv && !values.meetings ? ['--csv: expected --meetings beside it.'] : []),
  ...(values.top !== undefined && (values.meetings || values.json)
    ? ['--top: expected neither --meetings nor --json beside it, which list everything.']
    : []),
  ...(values.csv && values.json ? ['--csv and --json: expected one of them.'] : []),
  ...windowComplaints(values, words, false),
];
