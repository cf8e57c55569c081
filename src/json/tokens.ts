// JSON's tokens as bytes, for what reads it without making strings.

export const BLANK = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const LOWER_U = 0x75;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

export const PLAIN = 1;
export const HIGH = 2;
/** What a byte means inside a string: `PLAIN`, `HIGH` (beyond ASCII), or 0 for control characters, quote and backslash. */
export const STRING_BYTES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) return 0;
  return byte < 0x80 ? PLAIN : HIGH;
});

/** What may follow a backslash, besides itself, the quote and `u`. */
const SIMPLE_ESCAPES = flags('bfnrt/');
const HEX_DIGITS = flags('0123456789abcdefABCDEF');
const DIGITS = flags('0123456789');
const NUMBER_STARTS = flags('-0123456789');

export const isSimpleEscape = (byte: number): boolean => SIMPLE_ESCAPES[byte] === 1;

export const startsNumber = (byte: number): boolean => NUMBER_STARTS[byte] === 1;

/** Whether the four digits of a `\u` escape stand here. */
export const areHex = (source: Uint8Array, at: number): boolean =>
  isHex(source, at) && isHex(source, at + 1) && isHex(source, at + 2) && isHex(source, at + 3);

const isHex = (source: Uint8Array, at: number): boolean => HEX_DIGITS[source[at] as number] === 1;

export const isDigit = (byte: number | undefined): boolean => byte !== undefined && DIGITS[byte] === 1;

/** Whether these bytes stand here. */
export const standsAt = (source: Uint8Array, at: number, bytes: Uint8Array): boolean => {
  for (let index = 0; index < bytes.length; index += 1) if (source[at + index] !== bytes[index]) return false;
  return true;
};

/** Behind JSON's white space, but for the line feed, which ends a line. */
export const skipSpace = (source: Uint8Array, from: number): number => {
  let at = from;
  // Nearly always there is none: one comparison says so.
  while ((source[at] as number) <= 0x20 && (source[at] === 0x20 || source[at] === 0x09 || source[at] === 0x0d)) at += 1;
  return at;
};

/** Where the number that begins here ends (RFC 8259, 6); -1 if it is none. */
export const numberEnd = (source: Uint8Array, from: number): number => {
  let at = from;
  if (source[at] === MINUS) at += 1;
  if (source[at] === ZERO) at += 1;
  else at = digitsEnd(source, at);
  if (at > 0 && source[at] === DOT) at = digitsEnd(source, at + 1);
  if (at > 0 && (source[at] === LOWER_E || source[at] === UPPER_E)) {
    at += 1;
    if (source[at] === PLUS || source[at] === MINUS) at += 1;
    at = digitsEnd(source, at);
  }
  return at;
};

/** Behind one digit or more; -1 where there is none. */
const digitsEnd = (source: Uint8Array, from: number): number => {
  let at = from;
  while (DIGITS[source[at] as number] === 1) at += 1;
  return at === from ? -1 : at;
};

/** Where `true`, `false` or `null` ends; -1 if none of them begins here. */
export const wordEnd = (source: Uint8Array, from: number): number => {
  const first = source[from];
  const word = first === LOWER_T ? TRUE : first === LOWER_F ? FALSE : NULL;
  return standsAt(source, from, word) ? from + word.length : -1;
};

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

/** The index after the number or the word that begins here; -1 if none does. */
export const plainEnd = (source: Uint8Array, from: number): number =>
  startsNumber(source[from] as number) ? numberEnd(source, from) : wordEnd(source, from);

/** The index after the closing quote of the string whose first character stands at `from`; -1 where it is no string. */
export const stringEnd = (source: Uint8Array, from: number): number => {
  let at = from;
  for (;;) {
    // Three at a time, which is a sixth faster than one.
    while (STRING_BYTES[source[at] as number] !== 0) {
      if (STRING_BYTES[source[at + 1] as number] === 0) {
        at += 1;
        break;
      }
      if (STRING_BYTES[source[at + 2] as number] === 0) {
        at += 2;
        break;
      }
      at += 3;
    }
    if (source[at] === QUOTE) return at + 1;
    if (source[at] !== BACKSLASH) return -1;
    const escaped = source[at + 1] as number;
    if (isSimpleEscape(escaped) || escaped === QUOTE || escaped === BACKSLASH) at += 2;
    else if (escaped === LOWER_U && areHex(source, at + 2)) at += 6;
    else return -1;
  }
};

/** Whether the bytes between two places are `event`. */
export const isWordEvent = (bytes: Uint8Array, start: number, end: number): boolean =>
  end - start === 5 &&
  bytes[start] === 0x65 &&
  bytes[start + 1] === 0x76 &&
  bytes[start + 2] === 0x65 &&
  bytes[start + 3] === 0x6e &&
  bytes[start + 4] === 0x74;

const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const UPPER_E = 0x45;
const LOWER_E = 0x65;
const LOWER_F = 0x66;
const LOWER_T = 0x74;

function flags(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
