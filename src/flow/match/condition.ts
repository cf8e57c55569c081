import { Complaint } from '../../config/flag.ts';
import { reasonOf } from '../../errors.ts';
import { complaintAt } from './caret.ts';
import { type Path, parsePath } from './path.ts';
import { scanPattern } from './scan-pattern.ts';
import { unquoted } from './unquoted.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What must hold of the values at the path. */
export type Test =
  | { readonly kind: 'present' | 'absent' }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly value: string }
  | { readonly kind: 'pattern'; readonly negated: boolean; readonly pattern: Pattern };

/** A regular expression; one that is not simple must not be run by `RegExp`. */
export type Pattern = { readonly source: string; readonly regexp: RegExp; readonly isSimple: boolean };

/** One `--where`. */
export type Condition = {
  /** As typed. */
  readonly text: string;
  readonly path: Path;
  readonly test: Test;
  readonly wasQuoted: boolean;
};

/** The first of these from the left splits path and value; a `!` before nothing of the kind is for `!path`. */
const OPERATOR = /!=|!~|<=|>=|=|~|<|>/;

/** `path=value` and its like, `path`, `!path` → a condition. Throws a Complaint with a caret under what is wrong. */
export const parseCondition = (text: string): Condition => {
  const body = unquoted(text);
  const wasQuoted = body !== text;
  const start = wasQuoted ? 1 : 0;
  if (body.trim() === '') throw new Complaint('expected a condition, such as topic=Standup');
  const operator = OPERATOR.exec(body);
  if (operator === null) return { text, wasQuoted, ...parsePresence(body, text, start) };
  const left = body.slice(0, operator.index);
  const path = parseLeft(left, text, start);
  const right = operator.index + operator[0].length;
  // `duration > 10`: who leaves room before the sign leaves it behind the sign too; `topic= x` means the space.
  const skipped = /\s$/.test(left) ? body.slice(right).search(/\S|$/) : 0;
  const value = body.slice(right + skipped);
  return { text, wasQuoted, path, test: parseTest(operator[0], value, text, start + right + skipped) };
};

const parsePresence = (body: string, text: string, start: number): Pick<Condition, 'path' | 'test'> => {
  const from = body.search(/\S/);
  if (body[from] !== '!') return { path: parseLeft(body, text, start), test: { kind: 'present' } };
  return { path: parseLeft(body.slice(from + 1), text, start + from + 1), test: { kind: 'absent' } };
};

const parseLeft = (left: string, text: string, start: number): Path => {
  const name = left.trim();
  const at = start + (name === '' ? left.length : left.indexOf(name));
  if (name === '') throw complaintAt(text, at, 'expected the path of a field here');
  const bang = name.indexOf('!');
  if (bang >= 0) throw complaintAt(text, at + bang, 'expected path!=value, path!~pattern or !path');
  return parsePath(name, text, at);
};

const parseTest = (operator: string, value: string, text: string, at: number): Test => {
  switch (operator) {
    case '=':
    case '!=':
      return { kind: 'compare', operator, value };
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (value === '') throw complaintAt(text, at, `expected a value after "${operator}"`);
      return { kind: 'compare', operator, value };
    default:
      if (value === '') throw complaintAt(text, at, `expected a regular expression after "${operator}"`);
      return { kind: 'pattern', negated: operator === '!~', pattern: parsePattern(value, text, at) };
  }
};

const parsePattern = (source: string, text: string, at: number): Pattern => {
  const regexp = regexpOf(source, text, at);
  const { isSimple, refused } = scanPattern(source);
  if (refused !== undefined) {
    throw complaintAt(
      text,
      at + refused.index,
      `${refused.why} cannot be had: a search takes time in proportion to the text, whatever it holds`,
    );
  }
  return { source, regexp, isSimple };
};

const regexpOf = (source: string, text: string, at: number): RegExp => {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    const reason = reasonOf(error).split(': ').at(-1) ?? '';
    throw complaintAt(text, at, `this is no regular expression of JavaScript (${reason.toLowerCase()})`);
  }
};
