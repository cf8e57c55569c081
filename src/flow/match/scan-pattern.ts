/** What a regular expression asks of whatever runs it. */
export type PatternScan = {
  /** Whether `RegExp` runs it in time proportional to the text: nothing in it can be tried in more than a few ways. */
  readonly isSimple: boolean;
  /** What no linear engine can run, and where; undefined if there is nothing of the kind. */
  readonly refused: { readonly why: string; readonly index: number } | undefined;
};

/** As many copies of a part are made at most, for memory is bounded too; RE2 has the same limit. */
const MOST_REPEATED = 1000;

/** A part that is repeated so often is still quickly tried at every place of a text. */
const FEW = 32;

/** `(?=`, `(?<!` …; `(?<name>` is a group. */
const LOOKAROUND = /^\(\?<?[=!]/;
/** `(?i:`, which newer versions of JavaScript have. */
const MODIFIERS = /^\(\?[a-z-]/;
const COUNTED = /^\{(\d+)(,?)(\d*)\}/;

/** Looks over a regular expression that `RegExp` with `u` takes: there `{` begins a count, or a name behind a backslash. */
export const scanPattern = (source: string): PatternScan => {
  let isSimple = true;
  let groups = 0;
  /** For each group that is open, and the whole: how often its most repeated part is repeated. */
  const most = [1];
  /** How often the part before this place is repeated, counted repetitions inside it multiplied. */
  let part = 1;
  const refuse = (why: string, index: number): PatternScan => ({ isSimple: false, refused: { why, index } });
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at, at + 40);
    const sign = rest[0];
    const count = sign === '{' ? COUNTED.exec(source.slice(at)) : null;
    if (sign === '\\') {
      if (/^\\[1-9k]/.test(rest)) return refuse('a back-reference', at);
      part = 1;
      // `\u{1F600}`, `\p{L}`: the brace belongs to it.
      at += /^\\[upP]\{/.test(rest) ? source.indexOf('}', at) - at + 1 : 2;
    } else if (sign === '[') {
      part = 1;
      at = endOfClass(source, at);
    } else if (sign === '(') {
      if (LOOKAROUND.test(rest)) return refuse('lookaround', at);
      if (MODIFIERS.test(rest)) return refuse('flags inside the expression', at);
      groups += 1;
      most.push(1);
      part = 1;
      at += 1;
    } else if (sign === ')') {
      part = most.pop() ?? 1;
      most.push(Math.max(most.pop() ?? 1, part));
      at += 1;
    } else if (count !== null) {
      const [text = '', least = '', comma, greatest = ''] = count;
      const times = Number(greatest || least);
      part *= Math.max(1, times);
      if (times > MOST_REPEATED) return refuse(`more than ${MOST_REPEATED} repetitions`, at);
      if (part > MOST_REPEATED) return refuse(`repetitions of repetitions, more than ${MOST_REPEATED} in all`, at);
      isSimple &&= comma === '' && times <= FEW && source[at - 1] !== ')';
      most.push(Math.max(most.pop() ?? 1, part));
      at += text.length;
    } else {
      if (sign === '*' || sign === '+' || sign === '?') isSimple &&= source[at - 1] === '(';
      else part = 1;
      at += 1;
    }
  }
  // Each group may hold alternatives; several behind one another multiply.
  return { isSimple: isSimple && groups <= 1, refused: undefined };
};

const endOfClass = (source: string, start: number): number => {
  let at = start + 1;
  while (source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
};
