import type { Values } from '../../config/flag.ts';
import type { Format } from '../../format/format.ts';
import type { Host } from '../../host.ts';
import { linesOutlet } from '../../outlet/lines.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import { streamSink } from '../../outlet/stream.ts';
import { useColor } from '../../terminal/use-color.ts';
import { OUTLETS, type OutletContext, type OutletValues, outputKind } from '../outlets/index.ts';
import type { RTMS_OUTLET_FLAGS, RtmsValues } from './flags.ts';

/** The format of stdout. */
export const rtmsOutputKind = (values: RtmsValues, { stdout }: Pick<Host, 'stdout'>) =>
  outputKind(values, stdout.isTTY === true);

/** What is made of the events: captions, NDJSON or raw messages on stdout, and every other outlet that `tail` has. */
export const openRtmsOutlets = async (values: RtmsValues, context: OutletContext): Promise<readonly Outlet[]> => {
  const kind = rtmsOutputKind(values, context.host);
  const format = values.audioTo === '-' ? undefined : await formatOf(kind, values, context);
  const layout = format && { format, lifecycle: values.lifecycle, control: kind === 'raw' };
  const open: Outlet[] = layout ? [linesOutlet(layout, streamSink(context.host.stdout, 'stdout'))] : [];
  // There is no recording of a stream: what can be revoked must be deletable.
  const all: OutletValues = { ...values, ...NO_RECORDING };
  for (const outlet of OUTLETS.filter(({ name }) => name !== 'stdout' && name !== 'record')) {
    const opened = await outlet.open(all, context);
    if (opened) open.push(opened);
  }
  return open.length > 0 ? open : [NOWHERE];
};

/** Where stdout is audio, events are counted and go nowhere. */
const NOWHERE: Outlet = {
  take: async () => {},
  close: async () => {},
  gone: new AbortController().signal,
  isRequired: false,
};

const NO_RECORDING = { record: undefined, recordRotate: undefined } as const;

const formatOf = async (
  kind: ReturnType<typeof outputKind>,
  values: Values<typeof RTMS_OUTLET_FLAGS>,
  { host, general }: OutletContext,
): Promise<Format | undefined> => {
  switch (kind) {
    case 'none':
      return undefined;
    case 'ndjson':
      return (await import('../../format/ndjson.ts')).createNdjson({ meta: values.meta });
    case 'raw':
      return (await import('../../format/raw.ts')).raw;
    case 'pretty': {
      const { createCaptions } = await import('../../format/captions/index.ts');
      return createCaptions({
        color: useColor(general.color, host.env, host.stdout.isTTY === true),
        columns: () => host.stdout.columns ?? 0,
        utc: values.utc,
      });
    }
    default:
      kind satisfies never;
      throw new TypeError(`no format ${kind}`);
  }
};
