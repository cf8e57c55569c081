import { readFlags } from '../../config/read-flags.ts';
import { EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import { DEFAULT_RULES } from '../../simulator/index.ts';
import type { Command } from '../command.ts';
import { filterWarnings, leftoverWords } from '../shared/filter-flags.ts';
import { listenForStop } from '../shared/interrupt.ts';
import { refuse } from '../shared/settings.ts';
import { FAULT_FLAGS, FAULT_NOTES, SIMULATE_FLAGS, STORY_FLAGS } from './flags.ts';

const FLAGS = { ...SIMULATE_FLAGS, ...STORY_FLAGS, ...FAULT_FLAGS };

const NOTES = `Subscriptions that exist: ${DEFAULT_RULES.subscriptions.join(', ')}.
The stories begin when the first client is connected. What nobody hears is gone, as with Zoom.
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
  ],
  common: ['port', 'rate', 'event', 'seed', 'epoch', 'from', 'speed', 'count', 'fault', 'tokenTtl'],
  examples: [
    ['zoom-ws simulate', 'prints the settings that lead to it; then paste them in another terminal'],
    ['zoom-ws simulate >sim.env', 'for any shell; in another terminal: zoom-ws tail --dotenv sim.env'],
    ['eval "$(zoom-ws simulate -q &)"', 'in the background of this shell; kill $ZOOM_WS_SIMULATOR_PID ends it'],
    ['zoom-ws simulate --event phone --rate 50/s', 'many phone calls'],
    ['zoom-ws simulate --fault drop:30s', 'a connection that breaks every half minute'],
    ['zoom-ws simulate --from yesterday.ndjson.gz --speed 10', 'a recording, ten times faster'],
  ],
  notes: NOTES,
  async run(host, { typed, words, notify }) {
    if (words.length > 0) throw await leftoverWords(words);
    const { values, origins, complaints } = readFlags(FLAGS, typed);
    refuse([
      ...complaints,
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
      await runSimulator(host, notify, values, origins.rate !== undefined, stop.signal);
    } finally {
      stop.release();
    }
    const signal = stop.by();
    return signal === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[signal];
  },
};
