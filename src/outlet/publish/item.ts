import { randomUUID } from 'node:crypto';
import type { Arrival } from '../../event/arrival.ts';
import { createNdjson } from '../../format/ndjson.ts';
import type { Item } from './destination.ts';

const ndjson = createNdjson({ meta: true });

/** The line of an arrival in the spool; undefined for a control frame. `seq` is the number of an event. */
export const spoolLine = (arrival: Arrival, seq: number): string | undefined => {
  switch (arrival.kind) {
    case 'event':
      return `${ndjson.event(arrival, seq)}\n`;
    case 'lifecycle':
      return `${lifecycleLine(arrival.raw, arrival.receivedAt)}\n`;
    case 'control':
      return undefined;
    default:
      arrival satisfies never;
      return undefined;
  }
};

/** Events of our own have an id of their own: two publishers may lose their connections in the same millisecond. */
const lifecycleLine = (raw: string, receivedAt: number | undefined): string => {
  const at = receivedAt === undefined ? null : new Date(receivedAt).toISOString();
  const meta = { id: randomUUID().replaceAll('-', '').slice(0, 16), received_at: at };
  return `${raw.slice(0, -1)},"_meta":${JSON.stringify(meta)}}`;
};

const META = '"_meta":';

/** Reads a line of the spool; undefined for one that was not written by us. */
export const itemOf = (line: string): Item | undefined => {
  const at = line.lastIndexOf(META);
  if (at < 0) return undefined;
  try {
    const meta = JSON.parse(line.slice(at + META.length, -1)) as Readonly<Record<string, unknown>>;
    const text = `${line.slice(0, at).replace(/,$/, '')}}`;
    const { event } = JSON.parse(text) as { readonly event?: unknown };
    if (typeof meta.id !== 'string') return undefined;
    return {
      id: meta.id,
      type: typeof event === 'string' ? event : '',
      text,
      receivedAt: typeof meta.received_at === 'string' ? meta.received_at : '',
      subscription: typeof meta.subscription === 'string' ? meta.subscription : '',
    };
  } catch {
    return undefined;
  }
};
