/**
 * The text of a top-level member's value, as it stands in the JSON text of an object. `text` must be valid JSON that has
 * the key (with several of that name the last, which is the one that parsers keep).
 */
export const sliceOfKey = (text: string, key: string): string => {
  let found = '';
  let at = afterSpace(text, 0) + 1;
  for (;;) {
    at = afterSpace(text, at);
    if (text[at] !== '"') return found;
    const keyEnd = afterString(text, at);
    const name: unknown = JSON.parse(text.slice(at, keyEnd));
    const start = afterSpace(text, afterSpace(text, keyEnd) + 1);
    const end = afterValue(text, start);
    if (name === key) found = text.slice(start, end);
    at = afterSpace(text, end);
    if (text[at] !== ',') return found;
    at += 1;
  }
};

const afterSpace = (text: string, from: number): number => {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
};

const afterString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
};

const afterValue = (text: string, from: number): number => {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = afterString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      // Depth 0 here: the end of the object around a number or a word.
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (
      depth === 0 &&
      (character === ',' || character === ' ' || character === '\n' || character === '\r' || character === '\t')
    ) {
      return at;
    }
    at += 1;
  }
  return at;
};
