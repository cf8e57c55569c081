import { parseBytes } from '../../config/bytes.ts';
import { Complaint, type Flags, text, toggle, valueFlag } from '../../config/flag.ts';

const parseSize = (value: string): number => {
  const bytes = parseBytes(value);
  if (bytes === undefined) throw new Complaint('expected a size such as 500MB');
  return bytes;
};

/** Publishing what is emitted to an engine: for every command that emits events. */
export const TO_FLAGS = {
  to: valueFlag({
    spelling: '--to <url>',
    help: 'publish to nats://host/STREAM, tls://host/STREAM or postgres://host/database',
    env: 'ZOOM_TO',
    parse: text,
  }),
  toCreate: toggle({ spelling: '--to-create', help: 'make the stream or table if there is none' }),
  spool: valueFlag({
    spelling: '--spool <dir>',
    help: 'where events wait until they are published',
    env: 'ZOOM_SPOOL',
    parse: text,
    shownDefault: '~/.local/state/zoom-ws/spool',
  }),
  spoolMax: valueFlag({
    spelling: '--spool-max <size>',
    help: 'this much may wait there; then reading pauses',
    parse: parseSize,
    default: '1GB',
  }),
} satisfies Flags;
