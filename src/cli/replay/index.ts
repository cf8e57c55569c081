import { readFlags } from '../../config/read-flags.ts';
import { FORWARD_SECRET_FLAGS, WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { OUTPUT_FLAGS, outletComplaints, RECORD_FLAGS, readPublishing, TO_FLAGS } from '../outlets/index.ts';
import { FILTER_FLAGS, FILTER_NOTES, filterWarnings } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS, forwardComplaints } from '../shared/forward-flags.ts';
import { prepareForward } from '../shared/prepare-forward.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { DOTENV_FLAGS } from '../shared/settings.ts';
import { windowComplaints } from '../shared/window-flags.ts';
import { PART_FLAGS, REPLAY_FLAGS, type ReplayValues } from './flags.ts';

const NOTES = `${FILTER_NOTES}

--since and --until go by received_at, else by event_ts, and include both ends. Without a zone a time is local, with --utc it is UTC.
Reads NDJSON and .gz, recorded or as Zoom sent it. Unreadable lines are reported on stderr and passed over.

Exit codes: 0 the recording ended, or the limit was reached; 1 failed while running, or --strict and a line was
unreadable; 2 wrong usage, or a file that cannot be read; 129 SIGHUP, 130 SIGINT.`;

export const command: Command = {
  words: '[file...]',
  flags: [
    { title: 'Which events:', flags: FILTER_FLAGS },
    { title: 'Which part, and how fast:', flags: PART_FLAGS },
    { title: 'How they are written:', flags: { ...OUTPUT_FLAGS, ...REDACT_FLAGS } },
    { title: 'Recording:', flags: RECORD_FLAGS },
    { title: 'Publishing:', flags: { to: TO_FLAGS.to, toCreate: TO_FLAGS.toCreate } },
    {
      title: 'Handing on:',
      flags: { ...FORWARD_FLAGS, ...FORWARD_SECRET_FLAGS, ...WEBHOOK_SECRET_FLAGS, ...DOTENV_FLAGS },
    },
  ],
  common: ['event', 'where', 'meeting', 'limit', 'since', 'until', 'speed', 'follow', 'output', 'record'],
  examples: [
    ['zoom-ws replay today.ndjson.gz --event meeting', 'the meeting events of a recording'],
    ['zoom-ws replay today.ndjson --since 10:40 --until 10:45 -o pretty', 'what happened at 10:42'],
    ['zoom-ws replay yesterday.ndjson.gz --speed 10 | ./handler', 'feed a handler, ten times faster'],
    ['zoom-ws replay -f today.ndjson', 'watch a recording grow'],
    ['zcat *.gz | zoom-ws replay - --redact > report.ndjson', 'from stdin, for a bug report'],
  ],
  notes: NOTES,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    const { values, complaints } = readFlags(REPLAY_FLAGS, typed);
    const to = await readPublishing(host, invocation, { readsEnvironment: false });
    const all = [
      ...[...complaints, ...outletComplaints(values), ...forwardComplaints(values), ...to.complaints],
      ...replayComplaints(values, words),
    ];
    const isRedacted = values.redact || values.redactKey !== undefined;
    const run = { command: 'replay', isRedacted } as const;
    const forward = await prepareForward(host, invocation, values, run, all);
    if (all.length > 0) throw new ZoomWsError('usage', all.join('\n'), { hint: 'Run "zoom-ws replay --help".' });
    for (const text of await filterWarnings(values)) notify({ kind: 'warning', text });
    const { runReplay } = await import('./run.ts');
    return runReplay(host, invocation, values, { forward, publishing: to.publishing });
  },
};

const replayComplaints = (values: ReplayValues, words: readonly string[]): readonly string[] => [
  ...(words.length === 0 ? ['Expected a recording: the path of a file, or - for stdin.'] : []),
  ...windowComplaints(values, words, values.follow),
];
