import { count, type Flags, positiveDuration, text, toggle, type Values, valueFlag } from '../../config/flag.ts';
import { OUTLET_FLAGS } from '../outlets/index.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS } from '../shared/forward-flags.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';

export const LIMIT_FLAGS = {
  limit: valueFlag({ spelling: '-n, --limit <count>', help: 'stop after this many matching events', parse: count(0) }),
  for: valueFlag({ spelling: '--for <duration>', help: 'stop this long after the start', parse: positiveDuration }),
} satisfies Flags;

export const RUN_FLAGS = {
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
  ...OUTLET_FLAGS,
  ...FORWARD_FLAGS,
  ...REDACT_FLAGS,
  ...RUN_FLAGS,
};
export type TailValues = Values<typeof TAIL_FLAGS>;
