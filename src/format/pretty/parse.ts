/**
 * Parses an event's text. A number that JavaScript could not give back digit for digit (call ids have 19) becomes a
 * string with its digits. Undefined if it is no JSON.
 */
export const parseExactly = (raw: string): unknown => {
  try {
    return JSON.parse(SUSPECT.test(raw) ? withNumbersQuoted(raw) : raw);
  } catch {
    return undefined;
  }
};

/** Up to 15 digits any number is exact. */
const SUSPECT = /[\d.]{16}/;
const LONG_NUMBER = /-?\d[\d.eE+-]{15,}/g;

/** Between the strings of a JSON text there are only structure, words and numbers. */
const withNumbersQuoted = (raw: string): string => {
  let quoted = '';
  let at = 0;
  while (at < raw.length) {
    const open = raw.indexOf('"', at);
    const between = raw.slice(at, open < 0 ? raw.length : open);
    quoted += between.replace(LONG_NUMBER, '"$&"');
    if (open < 0) break;
    let close = open + 1;
    while (close < raw.length && raw[close] !== '"') close += raw[close] === '\\' ? 2 : 1;
    quoted += raw.slice(open, close + 1);
    at = close + 1;
  }
  return quoted;
};
