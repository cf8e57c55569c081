import type { PackedText } from './packed-text.ts';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
  standsAt,
} from './tokens.ts';

/** What stands at a path: `kind`, and for a scalar from where to where its JSON text goes. The caller reuses one. */
export type FoundValue = {
  /** 'unclear': a key on the way is escaped or stands twice, so that only a parser can say. */
  kind: 'scalar' | 'container' | 'absent' | 'unclear';
  start: number;
  end: number;
};

export const createFoundValue = (): FoundValue => ({ kind: 'absent', start: 0, end: 0 });

/**
 * Finds the value that keys (in UTF-8) lead to, from the top of an event's text, which is known to be valid JSON. Passes
 * over everything else without building it: a third of what parsing costs. It goes on behind the value, because of two equal
 * keys the later one counts.
 */
export const findValue = (
  { arena, start }: PackedText,
  keys: readonly { readonly bytes: Uint8Array }[],
  found: FoundValue,
): void => {
  found.kind = 'absent';
  if (followKeys(arena, skipSpace(arena, start), keys, 0, found) < 0) found.kind = 'unclear';
};

/** The index after the value at `from`, to which the first `depth` keys have led; -1 where it is unclear. */
const followKeys = (
  bytes: Uint8Array,
  from: number,
  keys: readonly { readonly bytes: Uint8Array }[],
  depth: number,
  found: FoundValue,
): number => {
  const key = keys[depth]?.bytes;
  if (key === undefined) {
    found.kind = isOpening(bytes[from]) ? 'container' : 'scalar';
    found.start = from;
    found.end = afterValue(bytes, from);
    return found.end;
  }
  if (bytes[from] !== OPEN_OBJECT) return afterValue(bytes, from);
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  let wasFound = false;
  for (;;) {
    const name = at + 1;
    at = name;
    while (INSIDE[bytes[at] as number] === 1) at += 1;
    if (bytes[at] === BACKSLASH) return -1;
    const isKey = at - name === key.length && standsAt(bytes, name, key);
    const value = skipSpace(bytes, skipSpace(bytes, at + 1) + 1);
    if (isKey) {
      if (wasFound) return -1;
      wasFound = true;
      at = followKeys(bytes, value, keys, depth + 1, found);
      if (at < 0) return -1;
    } else at = afterValue(bytes, value);
    at = skipSpace(bytes, at);
    if (bytes[at] !== COMMA) return at + 1;
    at = skipSpace(bytes, at + 1);
  }
};

const isOpening = (byte: number | undefined): boolean => byte === OPEN_OBJECT || byte === OPEN_ARRAY;

/** 1 for what cannot end a string. A table, because most bytes of an event are looked up here. */
const INSIDE = Uint8Array.from({ length: 256 }, (_, byte) => (byte === QUOTE || byte === BACKSLASH ? 0 : 1));

const afterString = (bytes: Uint8Array, quote: number): number => {
  let at = quote + 1;
  for (;;) {
    while (INSIDE[bytes[at] as number] === 1) at += 1;
    if (bytes[at] === QUOTE) return at + 1;
    at += 2;
  }
};

/** In valid JSON only strings can hold a bracket that opens or closes nothing. */
const afterValue = (bytes: Uint8Array, from: number): number => {
  const first = bytes[from];
  if (first === QUOTE) return afterString(bytes, from);
  return isOpening(first) ? afterContainer(bytes, from) : afterPlain(bytes, from);
};

const afterContainer = (bytes: Uint8Array, from: number): number => {
  let at = from + 1;
  for (let depth = 1; depth > 0; ) {
    const byte = bytes[at];
    if (byte === QUOTE) at = afterString(bytes, at);
    else {
      if (isOpening(byte)) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
      at += 1;
    }
  }
  return at;
};

/** Behind a number or a word: what follows is a comma, the end of a container, or white space. */
const afterPlain = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (PLAIN_END[bytes[at] as number] === 0) at += 1;
  return at;
};

const PLAIN_END = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte <= 0x20 || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY ? 1 : 0,
);
