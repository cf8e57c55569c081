import { readFlags } from '../../config/read-flags.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { leftoverWords } from '../shared/filter-flags.ts';
import { combinationComplaints } from './complaints.ts';
import { ALL_SYNC_FLAGS, SETTINGS_FLAGS, SOURCE_FLAGS, SYNC_FLAGS, SYNC_OUTPUT_FLAGS } from './flags.ts';

export const command: Command = {
  words: '<brevo>',
  flags: [
    { title: 'Where people come from (one; without any, the event socket until it is stopped):', flags: SOURCE_FLAGS },
    { title: 'What is done:', flags: SYNC_FLAGS },
    { title: 'Output:', flags: SYNC_OUTPUT_FLAGS },
    { title: 'Settings (flag, then the file of --config, environment, .env):', flags: SETTINGS_FLAGS },
  ],
  examples: [
    ['zoom-ws sync brevo --demo', 'see what it does, without any account'],
    ['zoom-ws sync brevo --config zoom-brevo.yaml --webinar 94498220792 --dry-run', 'the plan for one webinar'],
    ['zoom-ws sync brevo --config zoom-brevo.yaml --since 30d', 'a month of the past'],
    ['zoom-ws sync brevo --config zoom-brevo.yaml', 'live, until it is stopped'],
    ['zoom-ws tail | zoom-ws sync brevo --config zoom-brevo.yaml --from -', 'events from elsewhere'],
  ],
  notes: `Exit codes: 0 all done, 1 somebody or a session failed or is not ready, an event's fate became unknown, a limit outlasted
--max-wait, or the ledger is in use, 2 wrong usage or settings, lists and attributes of Brevo included, 3 Zoom or
Brevo refused the credentials, 4 displaced by another client, 129 SIGHUP, 130 SIGINT.`,
  async run(host, invocation) {
    const { typed, words } = invocation;
    const [target, ...more] = words;
    if (target !== 'brevo') {
      throw new ZoomWsError('usage', `"${target}": there is nothing to sync to but brevo.`, {
        hint: 'Write: zoom-ws sync brevo.',
      });
    }
    if (more.length > 0) throw leftoverWords(more);
    const { values, complaints } = readFlags(ALL_SYNC_FLAGS, typed);
    const { startSync } = await import('./run.ts');
    return startSync(host, invocation, values, [...complaints, ...combinationComplaints(values)]);
  },
};
