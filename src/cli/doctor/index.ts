import { CONNECTION_FLAGS, HEARTBEAT_FLAGS } from '../../config/connection-flags.ts';
import { readFlags } from '../../config/read-flags.ts';
import { WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { filterWarnings, leftoverWords } from '../shared/filter-flags.ts';
import { DOTENV_FLAGS, refuse } from '../shared/settings.ts';
import { BREVO_FLAGS } from '../sync/flags.ts';
import { DOCTOR_FLAGS, REPORT_FLAGS, RUN_FLAGS } from './flags.ts';

export const command: Command = {
  words: '',
  flags: [
    { title: 'What is tested:', flags: RUN_FLAGS },
    { title: 'Report:', flags: REPORT_FLAGS },
    { title: 'Connection:', flags: HEARTBEAT_FLAGS },
    { title: 'Brevo:', flags: BREVO_FLAGS },
    {
      title: 'Settings (flag, then environment, then .env):',
      flags: { ...CONNECTION_FLAGS, ...WEBHOOK_SECRET_FLAGS, ...DOTENV_FLAGS },
    },
  ],
  common: ['yes', 'offline', 'wait', 'event', 'recording', 'only', 'list', 'json', 'strict', 'dotenv'],
  examples: [
    ['zoom-ws doctor', 'everything; asks before it connects'],
    ['zoom-ws doctor --yes --wait 2m', 'without asking; two minutes to cause an event'],
    ['zoom-ws doctor --offline', 'without connecting to the socket'],
    ['zoom-ws doctor --only token', 'only the token, and what it needs'],
    ['zoom-ws doctor --recording today.ndjson.gz --only semantics', 'repeats, order and lag of a recording'],
    ['zoom-ws doctor --webhook https://hooks.example.com/zoom', 'does that endpoint answer as Zoom expects?'],
    ['zoom-ws doctor --yes --json | jq .verdict', 'for a script'],
  ],
  notes: `Exit codes: 0 nothing failed, 1 a check failed (with --strict: or warned), 2 wrong usage, 130 SIGINT.
Zoom allows one consumer per subscription: connecting displaces one that is connected now.`,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    if (words.length > 0) throw await leftoverWords(words);
    const { values, complaints } = readFlags(DOCTOR_FLAGS, typed);
    refuse(complaints);
    const { CHECKS, SECTIONS, unknownNames } = await import('../../doctor/index.ts');
    const [unknown] = unknownNames(values.only);
    if (unknown !== undefined) {
      throw new ZoomWsError('usage', `--only "${unknown}": there is no such check or section.`, {
        hint: `Checks: ${CHECKS.map(({ id }) => id).join(', ')}. Sections: ${SECTIONS.flatMap((name, number) => (CHECKS.some(({ section }) => section === number) ? [`${number} (${name})`] : [])).join(', ')}.`,
      });
    }
    const { listChecks, runDoctor } = await import('./run.ts');
    if (values.list) return listChecks(host, values);
    for (const warning of await filterWarnings({ event: values.event, where: [], meeting: [] })) {
      notify({ kind: 'warning', text: warning });
    }
    return runDoctor(host, invocation, values);
  },
};
