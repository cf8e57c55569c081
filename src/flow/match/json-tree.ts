/** A parsed event in which numbers can still be told to the last digit. */
export type JsonTree = {
  readonly root: unknown;
  /** A key as the tree spells it. */
  keyOf(key: string): string;
  /** A value that is no array and no object; undefined for those. */
  scalarOf(value: unknown): Scalar | undefined;
};

/** `text` is the number as it was sent, the string, or one of the words `true`, `false`, `null`. */
export type Scalar = { readonly kind: 'number' | 'string' | 'word'; readonly text: string };

/**
 * A number that `JSON.parse` and `String` might not give back as it was sent: 16 digits or more, a fraction, an
 * exponent, minus zero.
 * Numbers follow a key, a comma or a bracket; a string that looks alike costs time, never truth.
 */
const DELICATE = /(?:"\s*:|[,[])\s*(?:-0|-?(?:\d{16}|\d+[.eE]))/;

/** Parses an event's text; the slower, exact way only where a number needs it. Undefined if it is no JSON. */
export const parseTree = (raw: string, exact: boolean): JsonTree | undefined => {
  try {
    return exact && hasDelicateNumbers(raw)
      ? { root: JSON.parse(tagged(raw)), keyOf: (key) => `s${key}`, scalarOf: taggedScalar }
      : { root: JSON.parse(raw), keyOf: (key) => key, scalarOf: plainScalar };
  } catch {
    return undefined;
  }
};

export const hasDelicateNumbers = (raw: string): boolean => DELICATE.test(raw);

/** A scalar's JSON text as the value that it is. */
export const scalarOfText = (json: string): Scalar => {
  if (!json.startsWith('"')) return { kind: /^[-\d]/.test(json) ? 'number' : 'word', text: json };
  const text: string = json.includes('\\') ? JSON.parse(json) : json.slice(1, -1);
  return { kind: 'string', text };
};

const plainScalar = (value: unknown): Scalar | undefined => {
  if (typeof value === 'string') return { kind: 'string', text: value };
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  return wordScalar(value);
};

const taggedScalar = (value: unknown): Scalar | undefined => {
  if (typeof value !== 'string') return wordScalar(value);
  return { kind: value.startsWith('n') ? 'number' : 'string', text: value.slice(1) };
};

const wordScalar = (value: unknown): Scalar | undefined =>
  value === null || typeof value === 'boolean' ? { kind: 'word', text: String(value) } : undefined;

/** The same JSON with every string begun by `s`, and every number made a string that begins with `n`. */
const tagged = (raw: string): string => {
  let out = '';
  let at = 0;
  while (at < raw.length) {
    const unit = raw.charCodeAt(at);
    const end = unit === QUOTE ? endOfString(raw, at) : isNumberPart(unit) ? endOfNumber(raw, at) : at + 1;
    const token = raw.slice(at, end);
    out += unit === QUOTE ? `"s${token.slice(1)}` : end > at + 1 || isDigit(unit) ? `"n${token}"` : token;
    at = end;
  }
  return out;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

const isNumberPart = (unit: number): boolean => isDigit(unit) || unit === MINUS;

const endOfString = (raw: string, start: number): number => {
  let at = start + 1;
  while (at < raw.length && raw.charCodeAt(at) !== QUOTE) at += raw.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
};

const endOfNumber = (raw: string, start: number): number => {
  let at = start + 1;
  while (at < raw.length && /[\d.eE+-]/.test(raw.charAt(at))) at += 1;
  return at;
};
