/** How a text differs from the same JSON written again by `JSON.stringify`. */
export type Difference = {
  /** `payload.object.topic`; empty where it stands outside of any field. */
  readonly field: string;
  /** Where in the text, from 0. */
  readonly position: number;
  /** The first character that differs, as it was sent and as it would be written again. */
  readonly sent: string;
  readonly again: string;
};

/** Undefined where `JSON.stringify(JSON.parse(text))` is the same text. */
export const reserialised = (text: string): Difference | undefined => {
  const again = JSON.stringify(JSON.parse(text));
  if (again === text) return undefined;
  let position = 0;
  while (text[position] === again[position]) position += 1;
  // An escape is one character, wherever in it the difference is.
  const start = startOfEscape(text, position);
  return { field: fieldAt(text, start), position, sent: spelling(text, start), again: spelling(again, start) };
};

const startOfEscape = (text: string, at: number): number => {
  const [begun = ''] = /\\(?:u[0-9a-f]{0,3})?$/i.exec(text.slice(Math.max(0, at - 5), at)) ?? [];
  return at - begun.length;
};

const spelling = (text: string, at: number): string =>
  /^(?:\\u[0-9a-f]{4}|\\.|[^\\])/isu.exec(text.slice(at, at + 6))?.[0] ?? '';

/** The path of the value or key in which a place lies. */
const fieldAt = (text: string, at: number): string => {
  const path: string[] = [];
  let key = '';
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]:,]/gs)) {
    if (index > at) break;
    if (token === '{' || token === '[') {
      path.push(key);
      key = '';
    } else if (token === '}' || token === ']') key = path.pop() ?? '';
    else if (token.startsWith('"') && /^\s*:/.test(text.slice(index + token.length, index + token.length + 9)))
      key = token.slice(1, -1);
  }
  return [...path, key].filter((name) => name !== '').join('.');
};
