import { COLUMNS, type Column, type Figures } from './figures.ts';
import { boundText, GOALS, type Goal, type GoalName, isHeld } from './goals.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** The two tables, as Markdown: what we hold ourselves to, and each program beside the others. */
export const report = (figures: Figures): string =>
  [
    table(['figure', 'median', 'least … most', 'must', 'held', 'wanted', 'held'], goalRows(figures)),
    table(['program', ...COLUMNS], programRows(figures)),
  ].join('\n\n');

/** The goals that must be held and are not. */
export const broken = (figures: Figures): readonly string[] =>
  Object.entries<Goal>(GOALS)
    .filter(
      ([name, { must, isAbsolute }]) =>
        must &&
        figures.of(name as GoalName).length > 0 &&
        !isHeld(judged(spreadOf(figures.of(name as GoalName)), isAbsolute), must),
    )
    .map(([, { figure }]) => figure);

/** The value that counts: of what must never happen, the worst. */
const judged = ({ median: middle, most }: Spread, isAbsolute: boolean | undefined): number =>
  isAbsolute ? most : middle;

const goalRows = (figures: Figures): string[][] =>
  Object.entries<Goal>(GOALS).map(([name, { figure, unit, must, wanted, isAbsolute }]) => {
    const values = figures.of(name as GoalName);
    if (values.length === 0) return [figure, 'not measured', '', boundText(must), '', boundText(wanted), ''];
    const spread = spreadOf(values);
    const verdict = (bound: Goal['must']) =>
      bound === undefined ? '' : isHeld(judged(spread, isAbsolute), bound) ? 'yes' : 'NO';
    const withUnit = `${short(spread.median)}${unit === '' || unit === 'events' ? '' : ` ${unit}`}`;
    const range = `${short(spread.least)} … ${short(spread.most)}`;
    return [figure, withUnit, range, boundText(must), verdict(must), boundText(wanted), verdict(wanted)];
  });

const programRows = (figures: Figures): string[][] =>
  figures
    .programs()
    .map((program) => [program, ...COLUMNS.map((column) => cell(figures.noted(program, column), column))]);

const cell = (values: readonly number[], column: Column): string => {
  if (values.length === 0) return '';
  const middle = median(values);
  return column === 'events/s' ? Math.round(middle).toLocaleString('en') : short(middle);
};

const median = (values: readonly number[]): number => spreadOf(values).median;

const short = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toFixed(2)));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};
