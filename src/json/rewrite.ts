/** What becomes of each token. `C` is what is known of a value from the keys that lead to it. */
export type Rewriting<C> = {
  /** What is known of the whole text. */
  readonly root: C;
  /** What is known of the member `name` of an object; the elements of an array are known as the array is. */
  below(holder: C, name: string): C;
  key(name: string): string;
  string(value: string, field: C): string;
  /** Given and returned as JSON text. */
  number(digits: string, field: C): string;
};

const TOKEN = /["{}[\],:]|-?\d[\d.eE+-]*/g;

/**
 * The same JSON text with strings and numbers rewritten; every other character, and every token that a rewriting leaves
 * as it is, stays as it stood. Throws a SyntaxError for what is no JSON.
 */
export const rewriteJson = <C>(text: string, rewriting: Rewriting<C>): string => {
  JSON.parse(text);
  let out = '';
  let copied = 0;
  /** Puts something else in the place of the text from `start` to `end`. */
  const replace = (start: number, end: number, by: string) => {
    out += text.slice(copied, start) + by;
    copied = end;
  };
  /** For each container that is open: what is known of it, and whether it is an object. */
  const holders: C[] = [];
  const inObject: boolean[] = [];
  /** What is known of the value that comes next. */
  let field = rewriting.root;
  let expectsKey = false;
  const token = new RegExp(TOKEN);
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [sign] = found;
    const start = found.index;
    if (sign === '{' || sign === '[') {
      holders.push(field);
      inObject.push(sign === '{');
      expectsKey = sign === '{';
    } else if (sign === '}' || sign === ']') {
      inObject.pop();
      // After an array's element comes one that is known as this one was.
      field = holders.pop() as C;
      expectsKey = false;
    } else if (sign === ',') {
      expectsKey = inObject.at(-1) === true;
    } else if (sign === '"') {
      const end = endOfString(text, start);
      token.lastIndex = end;
      const value = JSON.parse(text.slice(start, end)) as string;
      const other = expectsKey ? rewriting.key(value) : rewriting.string(value, field);
      if (expectsKey) field = rewriting.below(holders.at(-1) as C, value);
      if (other !== value) replace(start, end, JSON.stringify(other));
      expectsKey = false;
    } else if (sign !== ':') {
      const other = rewriting.number(sign, field);
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
