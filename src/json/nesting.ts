/** Zoom's events have some ten levels; a text below LARGE costs little at any depth, until a parser's stack ends. */
const DEEPEST = 5_000;
/** From this length on, in characters, brackets are counted too. */
const LARGE = 1024 * 1024;
/** An array or object costs some sixty bytes once it is parsed: with no more of them, a text costs a few times its size. */
const LEAST_PER_BRACKET = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether parsing a text as JSON would cost far more than its size: it is nested too deeply, or large and made of little but
 * brackets. What stands inside strings does not count. The text need not be JSON: parsers stop where it is not.
 */
export const isTooNested = (text: string): boolean => {
  if (text.length <= DEEPEST) return false;
  const most = text.length < LARGE ? Number.POSITIVE_INFINITY : text.length / LEAST_PER_BRACKET;
  let depth = 0;
  let opened = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = stringEnd(text, at + 1);
    // [ or {
    else if ((unit | 0x20) === 0x7b) {
      depth += 1;
      opened += 1;
      if (depth > DEEPEST || opened > most) return true;
    }
    // ] or }
    else if ((unit | 0x20) === 0x7d) depth -= 1;
  }
  return false;
};

/** The same for large valid JSON in bytes, roughly: what stands inside strings counts too. */
export const mayBeTooNested = (bytes: Uint8Array, start: number, end: number): boolean => {
  const most = (end - start) / LEAST_PER_BRACKET;
  if (end - start < LARGE) return false;
  let opened = 0;
  for (let at = start; at < end; at += 1) if (((bytes[at] as number) | 0x20) === 0x7b) opened += 1;
  return opened > most;
};

const stringEnd = (text: string, from: number): number => {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    // Behind the end there is no number.
    if (unit === QUOTE || Number.isNaN(unit)) return at;
    at += unit === BACKSLASH ? 2 : 1;
  }
};
