import type { Delivery, Lifecycle } from '../source/arrival.ts';
import type { EpochMs } from '../time/clock.ts';
import { skipSpace } from './json-tokens.ts';
import type { Block } from './line.ts';
import type { ObjectParts } from './scan-json.ts';

/** Where a line's object stands: `after` its closing brace, `end` at the line feed. */
export type Place = {
  readonly start: number;
  readonly end: number;
  readonly after: number;
  readonly parts: Readonly<ObjectParts>;
};

const KEY = '"_meta"';

/** How the recorder's own `_meta` begins; another spelling (written again by another program) is parsed. */
const USUAL = /^\{"(?:id":"[0-9a-f]{16}",")?received_at":(?:"([^"]*)"|null)/;

/**
 * The line as an arrival. `_meta` is taken off where it is the last top-level key and holds what a recorder notes, so that
 * what is left is byte for byte what Zoom sent; a `_meta` that Zoom itself might send, or one deeper in, stays.
 */
export const cutMeta = (
  block: Block,
  place: Place,
  type: { readonly name: string; readonly kind: 'event' | 'lifecycle' },
): Delivery | Lifecycle => {
  const { start, after, parts } = place;
  // A carriage return before the line feed ends the line, it is none of the event's white space.
  const end = block.bytes[place.end - 1] === 0x0d ? place.end - 1 : place.end;
  const colon = skipSpace(block.bytes, parts.lastKey + KEY.length);
  const meta = block.text.startsWith(KEY, parts.lastKey) ? textOf(block, colon + 1, after - 1).trim() : '';
  const noted = meta === '' ? undefined : notesOf(meta);
  if (noted === undefined) {
    return arrival(type, textOf(block, start, end), undefined, undefined);
  }
  const cut = parts.comma < 0 ? parts.lastKey : parts.comma;
  return arrival(type, textOf(block, start, cut) + textOf(block, after - 1, end), meta, noted.receivedAt);
};

const textOf = ({ bytes, text, ascii }: Block, start: number, end: number): string =>
  ascii ? text.slice(start, end) : bytes.toString('utf8', start, end);

const arrival = (
  type: { readonly name: string; readonly kind: 'event' | 'lifecycle' },
  raw: string,
  meta: string | undefined,
  receivedAt: EpochMs | undefined,
): Delivery | Lifecycle => {
  if (type.kind === 'lifecycle') return { kind: 'lifecycle', type: type.name, raw, receivedAt };
  const subscription = meta === undefined ? '' : subscriptionOf(meta);
  return meta === undefined
    ? { kind: 'event', raw, type: type.name, receivedAt, subscription }
    : { kind: 'event', raw, type: type.name, receivedAt, subscription, meta };
};

/** What a recorder noted; undefined if the text is no recorder's `_meta`. */
const notesOf = (meta: string): { readonly receivedAt: EpochMs | undefined } | undefined => {
  const usual = USUAL.exec(meta);
  if (usual) return { receivedAt: instantOf(usual[1]) };
  const parsed: unknown = JSON.parse(meta);
  if (typeof parsed !== 'object' || parsed === null || !('received_at' in parsed)) return undefined;
  return { receivedAt: typeof parsed.received_at === 'string' ? instantOf(parsed.received_at) : undefined };
};

const instantOf = (iso: string | undefined): EpochMs | undefined => {
  const at = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(at) ? undefined : at;
};

const SUBSCRIPTION = /"subscription":"([^"\\]*)"/;

const subscriptionOf = (meta: string): string => SUBSCRIPTION.exec(meta)?.[1] ?? '';
