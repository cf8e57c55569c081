import { readFlags } from '../../config/read-flags.ts';
import { FORWARD_SECRET_FLAGS, WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import { DEFAULT_RULES } from '../../simulator/index.ts';
import type { Command } from '../command.ts';
import { filterWarnings, leftoverWords } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS } from '../shared/forward-flags.ts';
import { listenForStop } from '../shared/interrupt.ts';
import { prepareForward } from '../shared/prepare-forward.ts';
import { DOTENV_FLAGS, refuse } from '../shared/settings.ts';
import { FAULT_FLAGS, FAULT_NOTES, SIMULATE_FLAGS, STORY_FLAGS, WEBHOOK_FLAGS } from './flags.ts';

const FLAGS = { ...SIMULATE_FLAGS, ...STORY_FLAGS, ...FAULT_FLAGS, ...WEBHOOK_FLAGS };

const NOTES = `Subscriptions that exist: ${DEFAULT_RULES.subscriptions.join(', ')}.
The stories begin when the first client is connected, or when the handler of --forward-to has answered its challenge. What nobody hears is gone, as with Zoom.
A fault of a live connection happens 5 seconds after each connection was accepted, one of a request at once;
with a time (drop:30s), that long after each connection was accepted. State page: the URL that is said at the start.

${FAULT_NOTES}

Exit codes: 0 after SIGTERM, 1 the port is in use, 2 wrong usage, 129 SIGHUP, 130 SIGINT.`;

export const command: Command = {
  words: '',
  flags: [
    { title: 'Where:', flags: SIMULATE_FLAGS },
    { title: 'What is sent:', flags: STORY_FLAGS },
    { title: 'What goes wrong:', flags: FAULT_FLAGS },
    {
      title: 'To a webhook handler:',
      flags: { ...WEBHOOK_FLAGS, ...FORWARD_SECRET_FLAGS, ...WEBHOOK_SECRET_FLAGS, ...DOTENV_FLAGS },
    },
  ],
  common: ['port', 'rate', 'event', 'seed', 'from', 'speed', 'count', 'fault', 'tokenTtl', 'forwardTo'],
  examples: [
    ['zoom-ws simulate', 'prints the settings that lead to it; then paste them in another terminal'],
    ['zoom-ws simulate >sim.env', 'for any shell; in another terminal: zoom-ws tail --dotenv sim.env'],
    ['eval "$(zoom-ws simulate -q &)"', 'in the background of this shell; kill $ZOOM_WS_SIMULATOR_PID ends it'],
    ['zoom-ws simulate --event phone --rate 50/s', 'many phone calls'],
    ['zoom-ws simulate --fault drop:30s', 'a connection that breaks every half minute'],
    ['zoom-ws simulate --forward-to 3000/webhook', 'to a webhook handler too, with retries as Zoom does them'],
    ['zoom-ws simulate --from yesterday.ndjson.gz --speed 10', 'a recording, ten times faster'],
  ],
  notes: NOTES,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    if (words.length > 0) throw await leftoverWords(words);
    const { values, origins, complaints } = readFlags(FLAGS, typed);
    const malformed = [...complaints];
    const target = { ...readFlags(FORWARD_FLAGS, typed).values, noForwardCheck: true };
    const run = { command: 'simulate', isRedacted: false } as const;
    const forward = await prepareForward(host, invocation, target, run, malformed);
    refuse([
      ...malformed,
      ...(origins.webhookRetries && forward === undefined ? ['--webhook-retries goes with --forward-to <url>.'] : []),
      ...(origins.speed && values.from === undefined ? ['--speed goes with --from <recording>.'] : []),
      ...(origins.speed && origins.rate
        ? ['--speed keeps the pace of the recording and --rate sets one: give one of them.']
        : []),
    ]);
    for (const text of await filterWarnings({ event: values.event, where: [], meeting: [] })) {
      notify({ kind: 'warning', text });
    }
    const stop = listenForStop(host);
    try {
      const { runSimulator } = await import('./run.ts');
      await runSimulator(host, notify, values, forward, origins.rate !== undefined, stop.signal);
    } finally {
      stop.release();
    }
    const signal = stop.by();
    return signal === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[signal];
  },
};
