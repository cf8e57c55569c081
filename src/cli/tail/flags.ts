import { HEARTBEAT_FLAGS, RETRY_FLAGS } from '../../config/connection-flags.ts';
import { count, type Flags, positiveDuration, text, toggle, type Values, valueFlag } from '../../config/flag.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';
import { OUTPUT_FLAGS } from '../shared/output-flags.ts';
import { RECORD_FLAGS } from '../shared/record-flags.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';

export const LIMIT_FLAGS = {
  limit: valueFlag({ spelling: '-n, --limit <count>', help: 'stop after this many matching events', parse: count(0) }),
  for: valueFlag({ spelling: '--for <duration>', help: 'stop this long after the start', parse: positiveDuration }),
} satisfies Flags;

export const RUN_FLAGS = {
  demo: toggle({
    spelling: '--demo',
    help: 'tail made-up events of a simulator inside this process: no account, no network but loopback',
  }),
  readyFile: valueFlag({
    spelling: '--ready-file <path>',
    help: 'this file exists while the connection is ready, for health checks',
    parse: text,
  }),
  stats: toggle({ spelling: '--stats', help: 'at the end, the summary of zoom-ws stats on stderr' }),
  noDedupe: toggle({ spelling: '--no-dedupe', help: 'also emit exact repeats (default: once within 10 minutes)' }),
  follow: toggle({
    spelling: '-f, --follow',
    help: 'accepted, as tail -f is typed by habit; it means nothing',
    hidden: true,
  }),
} satisfies Flags;

export const TAIL_FLAGS = {
  ...FILTER_FLAGS,
  ...LIMIT_FLAGS,
  ...OUTPUT_FLAGS,
  ...RECORD_FLAGS,
  ...REDACT_FLAGS,
  ...RUN_FLAGS,
  ...HEARTBEAT_FLAGS,
  ...RETRY_FLAGS,
};
export type TailValues = Values<typeof TAIL_FLAGS>;
