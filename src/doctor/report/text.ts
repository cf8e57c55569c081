import type { Palette, Tone } from '../../terminal/palette.ts';
import { SECTIONS, type Status } from '../check.ts';
import type { Result } from '../run-checks.ts';

/** The report for people, to be read on a terminal, in a CI log, or pasted into an issue. Each part ends in a line break. */
export type TextReport = {
  header(facts: readonly string[]): string;
  /** Empty for a check that was skipped: it waits for the end, since those that follow often have the same cause. */
  result(result: Result): string;
  footer(verdict: string, results: readonly Result[]): string;
};

const WORDS: Readonly<Record<Status, { readonly word: string; readonly tone: Tone }>> = {
  pass: { word: 'ok', tone: 'ok' },
  warn: { word: 'warn', tone: 'warn' },
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
  let held: readonly Result[] = [];

  const heading = (of: number): string => {
    if (of === section) return '';
    section = of;
    return `\n${palette.strong(`${of} ${SECTIONS[of] ?? ''}`)}\n`;
  };

  const lay = ({ status, id, section: of, detail, hint }: Result): string => {
    const { word, tone } = WORDS[status];
    const label = `  ${palette[tone](word)}${' '.repeat(STATUS_WIDTH - word.length)}  ${id.padEnd(ID_WIDTH)}  `;
    const [first = '', ...more] = wrap(detail, width - detailIndent, 0, width - HINT_INDENT);
    const isWide = first.length > width - detailIndent;
    const lines = isWide ? [label.trimEnd(), outdented(first)] : [`${label}${first}`];
    const hints = hint === '' ? [] : wrap(`-> ${hint}`, width - HINT_INDENT, 3);
    const below = [...more.map(outdented), ...hints.map((line) => `${' '.repeat(HINT_INDENT)}${line}`)];
    return `${heading(of)}${[...lines, ...below].join('\n')}\n`;
  };
  /** Below the other details, or further left where that makes it fit. */
  const outdented = (line: string): string => `${' '.repeat(Math.min(detailIndent, width - line.length))}${line}`;

  /** One line for all that was skipped for one reason; of a chain, the first one says it. */
  const release = (): string => {
    const [first, ...others] = held;
    held = [];
    if (!first) return '';
    const same = [first, ...others.filter((other) => reasonOf(other) === reasonOf(first))];
    const rest = others.filter((other) => reasonOf(other) !== reasonOf(first));
    const names = same.slice(1).map(({ id }) => id);
    const line = lay({
      ...first,
      detail: `${first.detail}${names.length === 0 ? '' : `; the same for ${names.join(', ')}`}`,
    });
    held = rest;
    return `${line}${release()}`;
  };

  return {
    header: (facts) =>
      `${palette.strong('zoom-ws doctor')}\n${facts.flatMap((fact) => wrap(fact, width, 0)).join('\n')}\n`,
    result(result) {
      if (result.status !== 'skip') return lay(result);
      held = [...held, result];
      return '';
    },
    footer(verdict, results) {
      const count = (status: Status) => results.filter((result) => result.status === status).length;
      const counts = [
        `${count('pass')} passed`,
        `${count('warn')} warned`,
        `${count('fail')} failed`,
        `${count('skip')} skipped`,
      ].join(', ');
      const [word = '', ...rest] = wrap(`Verdict: ${verdict}`, width, 0);
      const tone = count('fail') > 0 ? 'alarm' : count('warn') + count('skip') > 0 ? 'warn' : 'ok';
      const shown = [word.replace(/^Verdict:/, palette[tone]('Verdict:')), ...rest];
      return `${release()}\n${counts}\n\n${shown.join('\n')}\n`;
    },
  };
};

/** The cause of a skip, without what stands around it where one skip is the reason of another. */
const reasonOf = ({ detail }: Result): string =>
  /^not run, because \S+ was skipped \((.*)\)$/s.exec(detail)?.[1] ?? detail;

/** Breaks at spaces, and where a word (a URL) is longer than a whole line: within it. */
const wrap = (text: string, width: number, indent: number, longest = width - indent): readonly string[] =>
  text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ').flatMap((whole) => pieces(whole, longest))) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = `${' '.repeat(indent)}${word}`;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });

const pieces = (word: string, length: number): readonly string[] =>
  word.length <= length ? [word] : [word.slice(0, length), ...pieces(word.slice(length), length)];
