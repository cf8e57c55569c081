import { CONNECTION_FLAGS, HEARTBEAT_FLAGS, RETRY_FLAGS } from '../../config/connection-flags.ts';
import { readFlags } from '../../config/read-flags.ts';
import { EXIT_OK } from '../../exit-codes.ts';
import type { Command } from '../command.ts';
import { FILTER_FLAGS, FILTER_NOTES, filterWarnings, leftoverWords } from '../shared/filter-flags.ts';
import { OUTPUT_FLAGS } from '../shared/output-flags.ts';
import { RECORD_FLAGS, recordComplaints } from '../shared/record-flags.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { DOTENV_FLAGS, readSettings, refuse } from '../shared/settings.ts';
import { LIMIT_FLAGS, RUN_FLAGS, TAIL_FLAGS } from './flags.ts';

const NOTES = `${FILTER_NOTES}

Exit codes: 0 done as asked, 1 failed while running, 2 wrong usage or settings, 3 Zoom refused the credentials,
the token or the subscription, 4 displaced by another client, 124 --for was over before --limit events had come,
129 SIGHUP, 130 SIGINT.`;

export const command: Command = {
  words: '',
  flags: [
    { title: 'Which events:', flags: FILTER_FLAGS },
    { title: 'How long:', flags: LIMIT_FLAGS },
    { title: 'How they are written:', flags: { ...OUTPUT_FLAGS, ...RUN_FLAGS } },
    { title: 'Recording:', flags: { ...RECORD_FLAGS, ...REDACT_FLAGS } },
    { title: 'Connection:', flags: { ...HEARTBEAT_FLAGS, ...RETRY_FLAGS } },
    { title: 'Settings (flag, then environment, then .env):', flags: { ...CONNECTION_FLAGS, ...DOTENV_FLAGS } },
  ],
  examples: [
    ['zoom-ws tail --demo', 'see what it looks like, without an account'],
    ['zoom-ws tail --event meeting', 'all meeting events'],
    ["zoom-ws tail --event 'meeting.*,!meeting.participant_*'", 'without the coming and going'],
    ['zoom-ws tail --event meeting.started -n 1 --for 60s && ./notify.sh', 'wait for one event'],
    ["zoom-ws tail | jq -r '.payload.object.topic'", 'NDJSON for a script'],
    ['zoom-ws tail --record today.ndjson.gz', 'keep what comes, gaps included'],
    ["zoom-ws tail --where 'participant.email~@acme\\.com$'", 'people of one company'],
  ],
  notes: NOTES,
  async run(host, invocation) {
    const { typed, words, notify, secrets } = invocation;
    if (words.length > 0) throw leftoverWords(words);
    const { values, complaints: malformed } = readFlags(TAIL_FLAGS, typed);
    const complaints = [...malformed, ...recordComplaints(values)];
    if (values.demo) refuse(complaints);
    const settings = values.demo ? undefined : await readSettings(host, invocation, complaints);
    for (const text of await filterWarnings(values)) notify({ kind: 'warning', text });
    // Nothing is wanted: nobody is displaced for it.
    if (values.limit === 0) return EXIT_OK;
    // The settings are known to be good: only now is what connects loaded.
    const { runTail } = await import('./run.ts');
    if (settings) return runTail(host, invocation, values, settings);
    const demo = await (await import('./demo.ts')).openDemo(host, secrets);
    try {
      return await runTail(host, invocation, values, demo.settings);
    } finally {
      await demo.close();
    }
  },
};
