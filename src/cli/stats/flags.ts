import { count, type Flags, toggle, type Values, valueFlag } from '../../config/flag.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';
import { WINDOW_FLAGS } from '../shared/window-flags.ts';

export const SHOWN_FLAGS = {
  meetings: toggle({ spelling: '--meetings', help: 'rebuild meetings and who was in them from when to when' }),
  csv: toggle({ spelling: '--csv', help: 'with --meetings: a row per stay' }),
  json: toggle({ spelling: '--json', help: 'print one JSON object' }),
  top: valueFlag({
    spelling: '--top <n>',
    help: 'list this many event types',
    parse: count(1),
    shownDefault: 'as many as the terminal has room for',
  }),
  utc: toggle({ spelling: '--utc', help: 'the times of the page in UTC' }),
  strict: toggle({ spelling: '--strict', help: 'end with status 1 if a line could not be read' }),
} satisfies Flags;

export const STATS_FLAGS = { ...FILTER_FLAGS, ...WINDOW_FLAGS, ...SHOWN_FLAGS };
export type StatsValues = Values<typeof STATS_FLAGS>;
