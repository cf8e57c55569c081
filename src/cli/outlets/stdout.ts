import { choice, type Flags, toggle, type Values, valueFlag } from '../../config/flag.ts';
import type { Format } from '../../format/format.ts';
import type { Host } from '../../host.ts';
import { linesOutlet } from '../../outlet/lines.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import { streamSink } from '../../outlet/stream.ts';
import { useColor } from '../../terminal/use-color.ts';
import type { General } from '../command.ts';
import type { OutletContext } from './kind.ts';

/** How events are written to stdout: for every command that writes them. */
export const OUTPUT_FLAGS = {
  output: valueFlag({
    spelling: '-o, --output <pretty|ndjson|raw|none>',
    help: 'how events are written; raw prints each frame as received, none nothing',
    parse: choice('pretty', 'ndjson', 'raw', 'none'),
    shownDefault: 'pretty on a terminal, ndjson in a pipe, none with --to',
  }),
  json: toggle({ spelling: '--json', help: 'the same as -o ndjson' }),
  meta: toggle({
    spelling: '--meta',
    help: 'add _meta to each NDJSON event: id, received_at, lag_ms, subscription, seq',
  }),
  lifecycle: toggle({ spelling: '--lifecycle', help: 'also emit zoom_ws.* events: connected, disconnected, gap …' }),
  utc: toggle({ spelling: '--utc', help: 'pretty and stderr: the clock in UTC' }),
  details: toggle({ spelling: '--details', help: 'pretty: the payload below each line' }),
} satisfies Flags;

export type OutputKind = 'pretty' | 'ndjson' | 'raw' | 'none';

/** Which format was asked for: `--json` is `-o ndjson`, and a pipe gets NDJSON by itself. */
export const outputKind = (flags: Values<typeof OUTPUT_FLAGS>, isTerminal: boolean): OutputKind => {
  if (flags.json) return 'ndjson';
  return flags.output ?? (isTerminal ? 'pretty' : 'ndjson');
};

/** Lines on stdout, in the format that was asked for. */
export const openStdout = async (
  flags: Values<typeof OUTPUT_FLAGS>,
  { host, general, onward }: OutletContext,
): Promise<Outlet | undefined> => {
  if (onward?.publishing !== undefined && flags.output === undefined && !flags.json) return undefined;
  const format = await createFormat(flags, general, host);
  if (format === undefined) return undefined;
  const sink = streamSink(host.stdout, 'stdout');
  const isRaw = outputKind(flags, host.stdout.isTTY === true) === 'raw';
  return linesOutlet({ format, lifecycle: flags.lifecycle, control: isRaw }, sink);
};

/** Makes the format; loads only the one that is used. */
const createFormat = async (
  flags: Values<typeof OUTPUT_FLAGS>,
  general: Pick<General, 'color'>,
  host: Pick<Host, 'stdout' | 'env' | 'clock'>,
): Promise<Format | undefined> => {
  const kind = outputKind(flags, host.stdout.isTTY === true);
  switch (kind) {
    case 'ndjson':
      return (await import('../../format/ndjson.ts')).createNdjson({ meta: flags.meta });
    case 'none':
      return undefined;
    case 'raw':
      return (await import('../../format/raw.ts')).raw;
    case 'pretty': {
      const { createPretty } = await import('../../format/pretty/index.ts');
      return createPretty({
        color: useColor(general.color, host.env, host.stdout.isTTY === true),
        columns: () => host.stdout.columns ?? 0,
        utc: flags.utc,
        now: host.clock.now,
        details: flags.details,
      });
    }
    default:
      kind satisfies never;
      throw new TypeError(`no format ${kind}`);
  }
};
