import type { Delivery, Lifecycle } from '../event/arrival.ts';
import { PackedEvent } from '../event/packed-event.ts';
import type { TextArena } from '../event/text-arena.ts';
import type { PackedText } from '../json/packed-text.ts';
import type { ObjectParts } from '../json/scan-object.ts';
import { skipSpace } from '../json/tokens.ts';
import type { EpochMs } from '../time/clock.ts';
import type { Block } from './block.ts';

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
  texts: TextArena,
  block: Block,
  place: Place,
  type: { readonly name: string; readonly kind: 'event' | 'lifecycle' },
): Delivery | Lifecycle => {
  const { start, after, parts } = place;
  // A carriage return before the line feed ends the line, it is not part of the event.
  const end = block.bytes[place.end - 1] === 0x0d ? place.end - 1 : place.end;
  const colon = skipSpace(block.bytes, parts.lastKey + KEY.length);
  const meta = block.text.startsWith(KEY, parts.lastKey) ? textOf(block, colon + 1, after - 1).trim() : '';
  const noted = meta === '' ? undefined : notesOf(meta);
  const cut = parts.comma < 0 ? parts.lastKey : parts.comma;
  const pieces = noted === undefined ? { cut: end, rest: end, end } : { cut, rest: after - 1, end };
  const { receivedAt } = noted ?? {};
  if (type.kind === 'lifecycle') {
    const raw = textOf(block, start, pieces.cut) + textOf(block, pieces.rest, end);
    return { kind: 'lifecycle', type: type.name, raw, receivedAt };
  }
  const text = packed(texts, block.bytes, start, pieces);
  return noted === undefined
    ? new PackedEvent(text, type.name, receivedAt, '')
    : new PackedEvent(text, type.name, receivedAt, subscriptionOf(meta), meta);
};

const textOf = ({ bytes, text, ascii }: Block, start: number, end: number): string =>
  ascii ? text.slice(start, end) : bytes.toString('utf8', start, end);

/** A copy of the text, without what lies between `cut` and `rest`: the block's own bytes are read over soon. */
const packed = (
  texts: TextArena,
  bytes: Buffer,
  start: number,
  { cut, rest, end }: { readonly cut: number; readonly rest: number; readonly end: number },
): PackedText => {
  const { arena, at } = texts.room(end - start);
  let to = at + bytes.copy(arena, at, start, cut);
  if (rest < end) to += bytes.copy(arena, to, rest, end);
  return texts.take(to);
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
