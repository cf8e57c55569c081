import { choice, type Flags, toggle, valueFlag } from '../config/flag.ts';

/** The flags of every command; they stand anywhere on the line. `-h`, `--help` and `--version` are commander's. */
export const GENERAL_FLAGS = {
  quiet: toggle({ spelling: '-q, --quiet', help: 'say nothing but errors on stderr' }),
  verbose: toggle({ spelling: '-v, --verbose', help: 'say more on stderr; twice: each frame too' }),
  logFormat: valueFlag({
    spelling: '--log-format <text|json>',
    help: 'how stderr is written',
    parse: choice('text', 'json'),
    default: 'text',
  }),
  color: valueFlag({
    spelling: '--color <auto|always|never>',
    help: 'when to use colour; NO_COLOR and FORCE_COLOR are honoured',
    parse: choice('auto', 'always', 'never'),
    default: 'auto',
  }),
} satisfies Flags;
