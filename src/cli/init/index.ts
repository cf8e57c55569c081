import { readFlags } from '../../config/read-flags.ts';
import type { Command } from '../command.ts';
import { leftoverWords } from '../shared/filter-flags.ts';
import { refuse } from '../shared/settings.ts';
import { INIT_FLAGS, SETTINGS_FLAGS } from './flags.ts';

export const command: Command = {
  words: '',
  flags: [
    { title: 'What is written:', flags: INIT_FLAGS },
    { title: 'Settings (flag, then environment; a terminal is asked for the rest):', flags: SETTINGS_FLAGS },
  ],
  common: ['here', 'force', 'yes', 'subscriptionId', 'accountId', 'clientId', 'clientSecretFile', 'oauthUrl', 'wsUrl'],
  examples: [
    ['zoom-ws init', 'asks for the settings, tests them, and writes ~/.config/zoom-ws/env'],
    ['zoom-ws init --here', 'the same for .env in this folder'],
    ['zoom-ws init --yes --force < /dev/null', 'in a script: settings of the environment, tested to the end'],
  ],
  notes: `The file is read last, in every folder: flags, environment and .env win over it. Its path is printed on stdout.
Without a terminal nothing is asked, and the checks that connect run only with --yes.
Exit codes: 0 written, 1 not written: a check failed, or the file exists; 2 wrong usage or settings, 130 SIGINT.`,
  async run(host, invocation) {
    const { typed, words } = invocation;
    if (words.length > 0) throw await leftoverWords(words);
    const { values, complaints } = readFlags(INIT_FLAGS, typed);
    refuse(complaints);
    const { runInit } = await import('./run.ts');
    return runInit(host, invocation, values);
  },
};
