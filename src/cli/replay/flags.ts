import { count, type Flags, toggle, type Values, valueFlag } from '../../config/flag.ts';
import { OUTLET_FLAGS } from '../outlets/index.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS } from '../shared/forward-flags.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { parseSpeed } from '../shared/speed.ts';
import { WINDOW_FLAGS } from '../shared/window-flags.ts';

export const PART_FLAGS = {
  limit: valueFlag({ spelling: '-n, --limit <count>', help: 'stop after this many matching events', parse: count(0) }),
  ...WINDOW_FLAGS,
  speed: valueFlag({
    spelling: '--speed <factor|max>',
    help: 'the pace: 1 as recorded, 10 ten times faster',
    parse: parseSpeed,
    default: 'max',
  }),
  follow: toggle({ spelling: '-f, --follow', help: 'go on as the recording grows, also through rotation' }),
  strict: toggle({ spelling: '--strict', help: 'end with status 1 if a line could not be read' }),
} satisfies Flags;

export const REPLAY_FLAGS = { ...FILTER_FLAGS, ...PART_FLAGS, ...OUTLET_FLAGS, ...FORWARD_FLAGS, ...REDACT_FLAGS };
export type ReplayValues = Values<typeof REPLAY_FLAGS>;
