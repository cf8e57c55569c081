import {
  areHex,
  BACKSLASH,
  BLANK,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  HIGH,
  isSimpleEscape,
  isWordEvent,
  LOWER_U,
  numberEnd,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLAIN,
  QUOTE,
  SLASH,
  STRING_BYTES,
  standsAt,
  startsNumber,
  wordEnd,
} from './tokens.ts';

/** What `unquoteObject` found; the caller makes one and reuses it. */
export type Unquoted = {
  /** Where the source goes on after the closing quote. */
  sourceEnd: number;
  /** Where the object's text ends in the target. */
  targetEnd: number;
  /** Where the value of the top-level `event` stands in the target; empty where it is missing or no string. */
  typeStart: number;
  typeEnd: number;
  /** Whether a byte beyond ASCII was copied: whether it is UTF-8 was not looked at. */
  hasHighBytes: boolean;
  /** Whether a top-level key is `download_token`. */
  hasToken: boolean;
};

/**
 * One pass over a JSON object that stands inside a JSON string: takes the outer escapes off, copies the object into
 * `target`, and checks that it is valid JSON (RFC 8259) on one line. `at` is the first byte after the opening quote; the
 * target must have room for as much as is left of the source.
 *
 * It knows the usual spelling only (`\"`, `\\`, `\/`; no white space but blanks; one `event` at the top, without escapes;
 * 30 levels) and answers false for everything else, valid or not: then `JSON.parse` has to look. Where it answers true,
 * `JSON.parse` would have found the same text and the same `event`: a test holds the two side by side.
 */
export const unquoteObject = (
  source: Uint8Array,
  at: number,
  target: Uint8Array,
  to: number,
  found: Unquoted,
): boolean => {
  let state = VALUE;
  let depth = 0;
  /** One bit for each open level: 1 for an object. */
  let levels = 0;
  let hasEvent = false;
  let isEvent = false;
  found.hasHighBytes = false;
  found.hasToken = false;
  found.typeStart = found.typeEnd = to;
  for (;;) {
    const byte = source[at] as number;
    switch (byte) {
      case BACKSLASH: {
        const isKey = state === KEY || state === KEY_OR_END;
        if (source[at + 1] !== QUOTE || !(isKey || state === VALUE || state === VALUE_OR_END) || depth === 0)
          return false;
        at += 2;
        target[to++] = QUOTE;
        const start = to;
        let hasEscape = false;
        for (;;) {
          let unit = source[at] as number;
          while (STRING_BYTES[unit] === PLAIN) {
            target[to++] = unit;
            unit = source[++at] as number;
          }
          if (STRING_BYTES[unit] === HIGH) {
            found.hasHighBytes = true;
            target[to++] = unit;
            at += 1;
            continue;
          }
          // An end of the source, a control character or the outer closing quote inside an inner string.
          if (unit !== BACKSLASH) return false;
          const next = source[at + 1];
          at += 2;
          if (next === QUOTE) break;
          if (next === SLASH) {
            target[to++] = SLASH;
            continue;
          }
          if (next !== BACKSLASH) return false;
          // An escape of the inner string, whose second half may be escaped again.
          hasEscape = true;
          let second = source[at++] as number;
          if (second === BACKSLASH) {
            second = source[at++] as number;
            if (second !== QUOTE && second !== BACKSLASH && second !== SLASH) return false;
          } else if (!isSimpleEscape(second)) {
            if (second !== LOWER_U || !areHex(source, at)) return false;
          }
          target[to++] = BACKSLASH;
          target[to++] = second;
        }
        if (isKey) {
          if (depth === 1) {
            if (hasEscape) return false;
            isEvent = isWordEvent(target, start, to);
            if (to - start === TOKEN.length && standsAt(target, start, TOKEN)) found.hasToken = true;
            if (isEvent && hasEvent) return false;
            hasEvent ||= isEvent;
          }
          state = BEFORE_COLON;
        } else {
          if (isEvent) {
            if (hasEscape) return false;
            found.typeStart = start;
            found.typeEnd = to;
            isEvent = false;
          }
          state = AFTER_VALUE;
        }
        target[to++] = QUOTE;
        continue;
      }
      case COLON:
        if (state !== BEFORE_COLON) return false;
        state = VALUE;
        break;
      case COMMA:
        if (state !== AFTER_VALUE) return false;
        state = (levels & 1) === 1 ? KEY : VALUE;
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (state !== VALUE && state !== VALUE_OR_END) return false;
        if (depth === DEEPEST || (depth === 0 && byte === OPEN_ARRAY)) return false;
        isEvent = false;
        depth += 1;
        levels = (levels << 1) | (byte === OPEN_OBJECT ? 1 : 0);
        state = byte === OPEN_OBJECT ? KEY_OR_END : VALUE_OR_END;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY: {
        const isObject = byte === CLOSE_OBJECT;
        if (state !== AFTER_VALUE && state !== (isObject ? KEY_OR_END : VALUE_OR_END)) return false;
        if (((levels & 1) === 1) !== isObject) return false;
        levels >>= 1;
        depth -= 1;
        state = depth === 0 ? DONE : AFTER_VALUE;
        break;
      }
      case BLANK:
        break;
      case QUOTE:
        found.sourceEnd = at + 1;
        found.targetEnd = to;
        return state === DONE;
      default: {
        if ((state !== VALUE && state !== VALUE_OR_END) || depth === 0) return false;
        const end = startsNumber(byte) ? numberEnd(source, at) : wordEnd(source, at);
        if (end < 0) return false;
        while (at < end) target[to++] = source[at++] as number;
        isEvent = false;
        state = AFTER_VALUE;
        continue;
      }
    }
    target[to++] = byte;
    at += 1;
  }
};

const TOKEN = Buffer.from('download_token');

// What may come next.
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const BEFORE_COLON = 4;
const AFTER_VALUE = 5;
const DONE = 6;

/** As many levels as fit into the bits of a small integer. */
const DEEPEST = 30;
