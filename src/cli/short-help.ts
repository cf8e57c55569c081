import type { Flag } from '../config/flag.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { GENERAL_FLAGS } from './general-flags.ts';
import { linesIn } from './help-layout.ts';

/** `-h` is for a glance: it fits a terminal of 24 lines and 80 columns, and says where the rest is. */
const COLUMNS = 80;
const MOST_SHOWN = 10;
/** A flag whose spelling is longer has its words in the next line. */
const WIDEST_TERM = 30;

/** The short help of the program: its commands. */
export const shortProgramHelp = (): string =>
  page('Usage: zoom-ws COMMAND [options]', [
    ...rows(COMMANDS.map(({ name, summary }) => [name, summary])),
    '',
    `${shownTogether(Object.values<Flag>(GENERAL_FLAGS))}: with every command.`,
    'COMMAND -h shows what a command is used with most; --help shows everything.',
  ]);

/** The short help of a command: the options that are used most. */
export const shortHelp = (name: string, summary: string, command: Command): string => {
  const all = command.flags.flatMap(({ flags }) => Object.entries<Flag>(flags)).filter(([, { hidden }]) => !hidden);
  const common = command.common?.flatMap((key) => all.filter(([name]) => name === key)) ?? all;
  const shown = common.slice(0, MOST_SHOWN);
  const left = all.length - shown.length;
  const [[example = ''] = []] = command.examples;
  return page(`Usage: zoom-ws ${[name, '[options]', command.words].filter(Boolean).join(' ')}`, [
    summary,
    '',
    ...(shown.length === 0 ? [] : [...rows(shown.map(([, flag]) => [flag.spelling, flag.help])), '']),
    `Example: ${example}`,
    `zoom-ws ${name} --help has ${left > 0 ? `${left} more options, ` : ''}examples and exit codes.`,
  ]);
};

const page = (usage: string, lines: readonly string[]): string => `${[usage, '', ...lines].join('\n')}\n`;

/** As much of a text as fits beside its term; else what is said before the details begin. */
const glance = (text: string, columns: number): string => {
  const [sentence = text] = text.split(';', 1);
  return sentence.length <= columns ? sentence : (sentence.split(':', 1)[0] ?? sentence);
};

const rows = (items: readonly (readonly [term: string, meaning: string])[]): readonly string[] => {
  const width = Math.min(WIDEST_TERM, Math.max(0, ...items.map(([term]) => term.length)));
  const indent = ' '.repeat(width + 4);
  const room = COLUMNS - indent.length;
  return items.flatMap(([term, meaning]) => {
    const lines = linesIn(glance(meaning, room), room);
    const [first = '', ...more] =
      term.length <= width ? [`  ${term.padEnd(width)}  ${lines.shift() ?? ''}`] : [`  ${term}`];
    return [first, ...more, ...lines.map((line) => `${indent}${line}`)];
  });
};

const shownTogether = (flags: readonly Flag[]): string =>
  flags.map(({ spelling }) => spelling.replace(/ <.*/, '').split(', ').at(-1)).join(', ');
