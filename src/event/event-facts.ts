import { hash } from 'node:crypto';
import type { PackedText } from '../json/packed-text.ts';
import { BACKSLASH, CLOSE_OBJECT, COMMA, isDigit, QUOTE, standsAt } from '../json/tokens.ts';
import type { Delivery } from './arrival.ts';
import { identityText } from './identity.ts';
import type { EventText } from './packed-event.ts';

/** How many hex digits of the digest make an id: 64 bits, so that ten million events clash with a chance of 1 in 400,000. */
const ID_DIGITS = 16;

/** An event's text, and what is noted of its original where the text has been masked. */
type IdentifiedText = EventText & Pick<Delivery, 'meta' | 'maskedId'>;

/**
 * The identity of an event, from its original text alone: the same on every connection and in every run. Of a text that
 * `--redact` has masked, now or when it was recorded, the identity is the one that was noted.
 */
export const eventId = (event: IdentifiedText): string =>
  event.maskedId ?? recordedId(event.meta) ?? hash('sha256', identityText(event), 'hex').slice(0, ID_DIGITS);

/** The id in the `_meta` of a recording that was made with `--redact`; undefined in any other. */
const recordedId = (meta: string | undefined): string | undefined => {
  if (meta === undefined || !meta.includes(MASKED_NOTE)) return undefined;
  const { id, redacted } = JSON.parse(meta) as { id?: unknown; redacted?: unknown };
  return redacted === true && typeof id === 'string' ? id : undefined;
};

const MASKED_NOTE = '"redacted"';

/** `event_ts`, Unix milliseconds, as the sender wrote it; undefined where it is missing or no number. */
export const eventTs = (event: EventText): number | undefined => {
  const { packed } = event;
  const usual = packed && usualTs(packed);
  if (usual !== undefined) return usual;
  const { event_ts: value } = JSON.parse(event.raw) as { event_ts?: unknown };
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

const KEY = '"event_ts"';
const BEFORE_TYPE = Buffer.from('{"event":"');
const BEFORE_TS = Buffer.from('","event_ts":');
const MOST_DIGITS = 15;
const ZERO = 0x30;

/**
 * The time of an event that begins as nearly all do. What stands there is at the top level, because no object was opened before
 * it; undefined also where it is mentioned again, which may be a later key of the same name, and would win.
 */
const usualTs = ({ arena, start, end }: PackedText): number | undefined => {
  if (!standsAt(arena, start, BEFORE_TYPE)) return undefined;
  let at = start + BEFORE_TYPE.length;
  while (arena[at] !== QUOTE) {
    if (arena[at] === BACKSLASH) return undefined;
    at += 1;
  }
  if (!standsAt(arena, at, BEFORE_TS)) return undefined;
  const first = at + BEFORE_TS.length;
  let value = 0;
  for (at = first; isDigit(arena[at]); at += 1) value = value * 10 + (arena[at] as number) - ZERO;
  if (at === first || at - first > MOST_DIGITS || (arena[at] !== COMMA && arena[at] !== CLOSE_OBJECT)) return undefined;
  return arena.subarray(at, end).includes(KEY) ? undefined : value;
};
