import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  plainEnd,
  QUOTE,
  skipSpace,
  standsAt,
  stringEnd,
} from './tokens.ts';

/**
 * A JSON object's text, valid and on one line, without the values of a top-level key; all else stands as it stood. `key`
 * is given with its quotes, and only that spelling counts. The same bytes where the object has no such key.
 */
export const withoutValue = (text: Uint8Array, key: Uint8Array): Uint8Array => {
  const kept: Uint8Array[] = [];
  let copied = 0;
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text[at] === QUOTE) {
    const isKey = standsAt(text, at, key);
    // Behind the key, the white space, the colon.
    const value = skipSpace(text, skipSpace(text, stringEnd(text, at + 1)) + 1);
    const end = afterValue(text, value);
    if (isKey) {
      kept.push(text.subarray(copied, value));
      copied = end;
    }
    at = skipSpace(text, end);
    if (text[at] !== COMMA) break;
    at = skipSpace(text, at + 1);
  }
  return kept.length === 0 ? text : Buffer.concat([...kept, text.subarray(copied)]);
};

const afterValue = (text: Uint8Array, from: number): number => {
  let at = from;
  let depth = 0;
  do {
    const byte = text[at];
    if (byte === QUOTE) at = stringEnd(text, at + 1);
    else {
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
      else if (depth === 0) return plainEnd(text, at);
      at += 1;
    }
  } while (depth > 0 && at < text.length);
  return at;
};
