import type { GoalName } from './goals.ts';

/** Everything measured, by name, one value for each round. */
export type Figures = {
  /** A value of a goal; one that could not be measured (no jq, no /proc) is not added. */
  add(goal: GoalName, value: number | undefined): void;
  of(goal: GoalName): readonly number[];
  /** A value of one program, for the table that compares them. */
  note(program: string, column: Column, value: number | undefined): void;
  programs(): readonly string[];
  noted(program: string, column: Column): readonly number[];
};

export const COLUMNS = [
  'events/s',
  '÷ tuned ws',
  'CPU s / 10⁶',
  'peak MB',
  'peak MB slow',
  'p99 ms 1k',
  'p99 ms 10k',
] as const;
export type Column = (typeof COLUMNS)[number];

export const createFigures = (): Figures => {
  const goals = new Map<GoalName, number[]>();
  const programs = new Map<string, Map<Column, number[]>>();
  return {
    add(goal, value) {
      if (value === undefined || Number.isNaN(value)) return;
      goals.set(goal, [...(goals.get(goal) ?? []), value]);
    },
    of: (goal) => goals.get(goal) ?? [],
    note(program, column, value) {
      const columns = programs.get(program) ?? new Map<Column, number[]>();
      programs.set(program, columns);
      if (value !== undefined) columns.set(column, [...(columns.get(column) ?? []), value]);
    },
    programs: () => [...programs.keys()],
    noted: (program, column) => programs.get(program)?.get(column) ?? [],
  };
};

/** The ratio of two values, either of which may be missing. */
export const ratio = (value: number | undefined, over: number | undefined): number | undefined =>
  value === undefined || over === undefined ? undefined : value / over;
