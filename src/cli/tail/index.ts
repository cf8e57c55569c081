import { readFlags } from '../../config/read-flags.ts';
import { FORWARD_SECRET_FLAGS, WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { EXIT_OK } from '../../exit-codes.ts';
import type { Command } from '../command.ts';
import { OUTPUT_FLAGS, outletComplaints, RECORD_FLAGS, readPublishing, TO_FLAGS } from '../outlets/index.ts';
import { FILTER_FLAGS, FILTER_NOTES, filterWarnings, leftoverWords } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS, forwardComplaints } from '../shared/forward-flags.ts';
import { prepareForward } from '../shared/prepare-forward.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { LIMIT_FLAGS, RUN_FLAGS, TAIL_FLAGS } from './flags.ts';
import { chooseSource, DEMO_FLAGS, SOURCES } from './sources/index.ts';

const NOTES = `${FILTER_NOTES}

Exit codes: 0 done as asked, 1 failed while running, 2 wrong usage or settings, 3 Zoom refused the credentials,
the token or the subscription, 4 displaced by another client, 124 --for was over before --limit events had come,
129 SIGHUP, 130 SIGINT.`;

export const command: Command = {
  words: '',
  flags: [
    { title: 'Which events:', flags: FILTER_FLAGS },
    { title: 'How long:', flags: LIMIT_FLAGS },
    { title: 'How they are written:', flags: { ...OUTPUT_FLAGS, ...DEMO_FLAGS, ...RUN_FLAGS } },
    { title: 'Recording:', flags: { ...RECORD_FLAGS, ...REDACT_FLAGS } },
    { title: 'Publishing:', flags: TO_FLAGS },
    { title: 'Handing on:', flags: { ...FORWARD_FLAGS, ...FORWARD_SECRET_FLAGS, ...WEBHOOK_SECRET_FLAGS } },
    ...SOURCES.flatMap(({ groups }) => groups),
  ],
  common: ['event', 'where', 'meeting', 'limit', 'for', 'output', 'record', 'lifecycle', 'utc', 'demo'],
  examples: [
    ['zoom-ws tail --demo', 'see what it looks like, without an account'],
    ['zoom-ws tail --event meeting', 'all meeting events'],
    ["zoom-ws tail --event 'meeting.*,!meeting.participant_*'", 'without the coming and going'],
    ['zoom-ws tail --event meeting.started -n 1 --for 60s && ./notify.sh', 'wait for one event'],
    ["zoom-ws tail | jq --unbuffered -r '.payload.object.topic'", 'NDJSON for a script'],
    ['zoom-ws tail --demo --forward-to 3000/webhook', 'develop a webhook handler without a tunnel'],
    ['zoom-ws tail --record today.ndjson.gz', 'keep what comes, gaps included'],
    ["zoom-ws tail --where 'participant.email~@acme\\.com$'", 'people of one company'],
  ],
  notes: NOTES,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    if (words.length > 0) throw await leftoverWords(words);
    const { values, complaints } = readFlags(TAIL_FLAGS, typed);
    const all = [...complaints, ...outletComplaints(values), ...forwardComplaints(values)];
    const kind = await chooseSource(host, invocation);
    const isRedacted = values.redact || values.redactKey !== undefined;
    const run = { command: 'tail', isDemo: kind.name === 'demo', isRedacted } as const;
    const forward = await prepareForward(host, invocation, values, run, all);
    const to = await readPublishing(host, invocation, {
      readsEnvironment: kind.name !== 'from',
      isDemo: kind.name === 'demo',
    });
    const source = await kind.prepare(host, invocation, [...all, ...to.complaints]);
    for (const text of await filterWarnings(values)) notify({ kind: 'warning', text });
    // Nothing was asked for, so no client is displaced.
    if (values.limit === 0) return EXIT_OK;
    // The settings are known to be good: only now is what connects loaded.
    const { runTail } = await import('./run.ts');
    return runTail(host, invocation, values, source, { forward, publishing: to.publishing });
  },
};
