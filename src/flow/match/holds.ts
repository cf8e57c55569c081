import { compareText } from './compare-text.ts';
import type { Comparison, Pattern, Test } from './condition.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import type { Scalar } from './json-tree.ts';

/** Compiles a regular expression that is not simple to a function that looks for it. */
export type CompileLinear = (source: string) => (text: string) => boolean;

/** A value found at a path; undefined for an array or an object, which equals nothing. */
export type Found = Scalar | undefined;

/**
 * Compiles what must hold of the values that a path led to. None is absence: that fails all but `!path`, `!=` and `!~`.
 * Of several, one is enough, except for `!=` and `!~`, which need all to differ.
 */
export const compileTest = (
  test: Test,
  compileLinear: CompileLinear | undefined,
): ((values: readonly Found[]) => boolean) => {
  switch (test.kind) {
    case 'present':
      return (values) => values.length > 0;
    case 'absent':
      return (values) => values.length === 0;
    case 'pattern': {
      const find = finderOf(test.pattern, compileLinear);
      const matches = (value: Found) => value !== undefined && find(value.text);
      return test.negated ? (values) => !values.some(matches) : (values) => values.some(matches);
    }
    case 'compare': {
      const equals = equalTo(test.value);
      if (test.operator === '=') return (values) => values.some(equals);
      if (test.operator === '!=') return (values) => !values.some(equals);
      const compares = orderedAgainst(test.operator, test.value);
      return (values) => values.some(compares);
    }
    default:
      test satisfies never;
      throw new TypeError('a test of no known kind');
  }
};

const finderOf = (
  { source, regexp, isSimple }: Pattern,
  compileLinear: CompileLinear | undefined,
): ((text: string) => boolean) => {
  if (isSimple) return (text) => regexp.test(text);
  if (compileLinear === undefined) throw new TypeError('the engine for regular expressions was not loaded');
  return compileLinear(source);
};

/** Numbers and numeric strings by value, everything else by its text. */
const equalTo = (wanted: string): ((value: Found) => boolean) => {
  const number = parseDecimal(wanted);
  return (value) => {
    if (value === undefined) return false;
    if (value.text === wanted) return true;
    const other = number && parseDecimal(value.text);
    return number !== undefined && other !== undefined && compareDecimals(other, number) === 0;
  };
};

/** By value if both are numeric, by code point if the value is another string; a number and a word have no order. */
const orderedAgainst = (operator: Exclude<Comparison, '=' | '!='>, wanted: string): ((value: Found) => boolean) => {
  const number = parseDecimal(wanted);
  const accepts = ACCEPTS[operator];
  return (value) => {
    if (value === undefined || value.kind === 'word') return false;
    const other = number && parseDecimal(value.text);
    if (number !== undefined && other !== undefined) return accepts(compareDecimals(other, number));
    return value.kind === 'string' && accepts(compareText(value.text, wanted));
  };
};

const ACCEPTS: Readonly<Record<Exclude<Comparison, '=' | '!='>, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};
