/** What becomes of each token; each is given its value and the path of keys that leads to it. */
export type Rewriting = {
  key(name: string): string;
  string(value: string, path: readonly string[]): string;
  /** Given and returned as JSON text. */
  number(digits: string, path: readonly string[]): string;
};

const TOKEN = /["{}[\],:]|-?\d[\d.eE+-]*/g;

/**
 * The same JSON text with strings and numbers rewritten; every other character, and every token that a rewriting leaves
 * as it is, stays as it stood. Throws a SyntaxError for what is no JSON.
 */
export const rewriteJson = (text: string, rewriting: Rewriting): string => {
  JSON.parse(text);
  let out = '';
  let copied = 0;
  /** Puts something else in the place of the text from `start` to `end`. */
  const replace = (start: number, end: number, by: string) => {
    out += text.slice(copied, start) + by;
    copied = end;
  };
  /** The key that leads to the value which comes next, for each container that is open. */
  const path: string[] = [];
  const inObject: boolean[] = [];
  let expectsKey = false;
  const token = new RegExp(TOKEN);
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [sign] = found;
    const start = found.index;
    if (sign === '{' || sign === '[') {
      inObject.push(sign === '{');
      // The elements of an array go by the name of the array.
      path.push(sign === '{' ? '' : (path.at(-1) ?? ''));
      expectsKey = sign === '{';
    } else if (sign === '}' || sign === ']') {
      inObject.pop();
      path.pop();
      expectsKey = false;
    } else if (sign === ',') {
      expectsKey = inObject.at(-1) === true;
    } else if (sign === '"') {
      const end = endOfString(text, start);
      token.lastIndex = end;
      const value = JSON.parse(text.slice(start, end)) as string;
      const other = expectsKey ? rewriting.key(value) : rewriting.string(value, path);
      if (expectsKey) path[path.length - 1] = value;
      if (other !== value) replace(start, end, JSON.stringify(other));
      expectsKey = false;
    } else if (sign !== ':') {
      const other = rewriting.number(sign, path);
      if (other !== sign) replace(start, start + sign.length, other);
    }
  }
  return out + text.slice(copied);
};

/** The index after the closing quote. */
const endOfString = (text: string, start: number): number => {
  let quote = text.indexOf('"', start + 1);
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote + 1;
};

const isEscaped = (text: string, at: number): boolean => {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
};
