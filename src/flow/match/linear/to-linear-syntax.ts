import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { classOf, complement, type Ranges, rangesOfProperty } from './code-points.ts';

/**
 * A regular expression of JavaScript (flag `u`) in the syntax of RE2. Only whether there is a match is asked, so groups
 * capture nothing and laziness does not count. Every character and class is spelt by its code points, for the two
 * languages differ in what `\s`, `.` and `\p{…}` mean.
 */
export const toLinearSyntax = (source: string): string =>
  alternatives(
    new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode: true }).alternatives,
  );

const alternatives = (all: readonly AST.Alternative[]): string =>
  `(?:${all.map(({ elements }) => elements.map(element).join('')).join('|')})`;

const element = (node: AST.Element): string => {
  switch (node.type) {
    case 'Character':
      return `\\x{${node.value.toString(16)}}`;
    case 'CharacterSet':
    case 'CharacterClass':
      return classOf(rangesOf(node));
    case 'Group':
    case 'CapturingGroup':
      return alternatives(node.alternatives);
    case 'Quantifier':
      return repeated(element(node.element), node.min, node.max);
    case 'Assertion':
      return assertion(node);
    default:
      throw new TypeError(`a ${node.type} cannot be matched in linear time`);
  }
};

const repeated = (what: string, min: number, max: number): string => {
  if (max === 0) return '(?:)';
  const count =
    max === Number.POSITIVE_INFINITY ? (min === 0 ? '*' : min === 1 ? '+' : `{${min},}`) : `{${min},${max}}`;
  return `(?:${what})${count}`;
};

const assertion = (node: AST.Assertion): string => {
  if (node.kind === 'start') return '\\A';
  if (node.kind === 'end') return '\\z';
  if (node.kind === 'word') return node.negate ? '\\B' : '\\b';
  throw new TypeError(`a ${node.kind} cannot be matched in linear time`);
};

type ClassPart = AST.CharacterSet | AST.CharacterClass | AST.CharacterClassElement | AST.ClassSetOperand;

const rangesOf = (node: ClassPart): Ranges => {
  switch (node.type) {
    case 'Character':
      return [[node.value, node.value]];
    case 'CharacterClassRange':
      return [[node.min.value, node.max.value]];
    case 'CharacterClass': {
      const all = node.elements.flatMap((part) => rangesOf(part as ClassPart));
      return node.negate ? complement(all) : all;
    }
    case 'CharacterSet': {
      if (node.kind === 'any') return complement(LINE_ENDS);
      if (node.kind === 'property') return rangesOfProperty(node.raw);
      const ranges = { digit: DIGITS, space: SPACES, word: WORDS }[node.kind];
      return node.negate ? complement(ranges) : ranges;
    }
    default:
      throw new TypeError(`a ${node.type} is no part of a class`);
  }
};

// ECMA-262, 22.2.2: LineTerminator; CharacterClassEscape d, s (WhiteSpace and LineTerminator) and w.
const LINE_ENDS: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const DIGITS: Ranges = [[0x30, 0x39]];
const WORDS: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACES: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
