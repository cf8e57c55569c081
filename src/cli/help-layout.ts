import { Help } from 'commander';

/** The width that help is written for: any terminal, and a page of documentation. */
const COLUMNS = 80;
/** A flag whose spelling is longer stands on a line of its own, so that the others keep room for their words. */
const WIDEST_TERM = 32;

const plain = new Help();

/** How commander lays out help: narrow enough for any terminal, never broken inside a word. */
export const HELP_LAYOUT: Partial<Help> = {
  helpWidth: COLUMNS,
  padWidth: (command, helper) => Math.min(WIDEST_TERM, plain.padWidth.call(helper, command, helper)),
  formatItem(term, termWidth, description, helper) {
    const item = (text: string) => plain.formatItem.call(helper, text, termWidth, description, helper);
    return helper.displayWidth(term) <= termWidth ? item(term) : `  ${term}\n${item('')}`;
  },
};

/** Examples for the end of help: what each does above what to type. */
export const examplesText = (examples: readonly (readonly [command: string, does: string])[]): string =>
  `\nExamples:\n${examples.map(([command, does]) => `  # ${does}\n  ${continued(command)}`).join('\n')}\n`;

/** A command that is wider than the page goes on in a second line, as a shell takes it. */
const continued = (command: string): string => {
  if (command.length <= COLUMNS - 2) return command;
  const places = [...command.matchAll(/ (?=-|\| |&& )/g)].map(({ index }) => index);
  const place = places.filter((index) => index <= COLUMNS - 4).at(-1);
  return place === undefined ? command : `${command.slice(0, place)} \\\n    ${command.slice(place + 1)}`;
};

/** The lines of a text in so many columns, broken between words. */
export const linesIn = (text: string, columns: number): string[] => plain.boxWrap(text, columns).split('\n');

/** An indented line of two columns: a term, and what it means. */
const TWO_COLUMNS = /^(\s+.*\s{2,})(\S.*)$/;

/**
 * Text for help, laid out anew: a sentence that goes on in the next line is joined with it, and what is wider than the
 * page is wrapped, in a second column below its beginning.
 */
export const wrapped = (text: string): string =>
  text
    .replace(/^(\S[^\n]*[^\n.:])\n(?=\S)/gm, '$1 ')
    .split('\n')
    .map((line) => {
      const [, term = '', meaning = line] = TWO_COLUMNS.exec(line) ?? [];
      const lines = plain.boxWrap(meaning, COLUMNS - term.length).split('\n');
      return lines.map((part, at) => `${at === 0 ? term : ' '.repeat(term.length)}${part}`).join('\n');
    })
    .join('\n');
