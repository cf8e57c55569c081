import type { Palette, Tone } from '../../format/palette.ts';
import { SECTIONS, type Status } from '../check.ts';
import type { Result } from '../run-checks.ts';

/** The report for people, to be read on a terminal, in a CI log, or pasted into an issue. Each part ends in a line break. */
export type TextReport = {
  header(facts: readonly string[]): string;
  result(result: Result): string;
  footer(verdict: string, results: readonly Result[]): string;
};

const WORDS: Readonly<Record<Status, { readonly word: string; readonly tone: Tone }>> = {
  pass: { word: 'ok', tone: 'plain' },
  warn: { word: 'warn', tone: 'type' },
  fail: { word: 'FAIL', tone: 'alarm' },
  skip: { word: 'skip', tone: 'faint' },
};

const STATUS_WIDTH = 4;
const ID_WIDTH = 17;
const HINT_INDENT = 8;
/** Below this nothing can be laid out; beyond the other one lines are hard to read. */
const NARROWEST = 60;
const WIDEST = 100;

/** `columns`: those of the terminal, or 80 where there is none. */
export const createTextReport = (columns: number, palette: Palette): TextReport => {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns)) - 1;
  const detailIndent = 2 + STATUS_WIDTH + 2 + ID_WIDTH + 2;
  let section = -1;

  const heading = (of: number): string => {
    if (of === section) return '';
    section = of;
    return `\n${palette.strong(`${of} ${SECTIONS[of] ?? ''}`)}\n`;
  };

  return {
    header: (facts) =>
      `${palette.strong('zoom-ws doctor')}\n${facts.flatMap((fact) => wrap(fact, width, 0)).join('\n')}\n`,
    result(result) {
      const { word, tone } = WORDS[result.status];
      const [first = '', ...more] = wrap(result.detail, width - detailIndent, 0);
      const label = `  ${palette[tone](word.padEnd(STATUS_WIDTH))}  ${result.id.padEnd(ID_WIDTH)}  `;
      const lines = [`${label}${first}`, ...more.map((line) => `${' '.repeat(detailIndent)}${line}`)];
      const hint = result.hint === '' ? [] : wrap(`-> ${result.hint}`, width - HINT_INDENT, 3);
      return `${heading(result.section)}${[...lines, ...hint.map((line) => `${' '.repeat(HINT_INDENT)}${line}`)].join('\n')}\n`;
    },
    footer(verdict, results) {
      const count = (status: Status) => results.filter((result) => result.status === status).length;
      const counts = [
        `${count('pass')} passed`,
        `${count('warn')} warned`,
        `${count('fail')} failed`,
        `${count('skip')} skipped`,
      ].join(', ');
      return `\n${counts}\n\n${wrap(`Verdict: ${verdict}`, width, 0).join('\n')}\n`;
    },
  };
};

/** Breaks at spaces; a word longer than a line (a URL) stays whole, so that it can be copied. */
const wrap = (text: string, width: number, indent: number): readonly string[] =>
  text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = `${' '.repeat(indent)}${word}`;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
