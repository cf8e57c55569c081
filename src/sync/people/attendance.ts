import type { EpochMs } from '../../time/clock.ts';
import type { Session } from '../sessions/session.ts';
import { unionMs } from './intervals.ts';
import type { StayRow } from './stay.ts';

export type Attendance = {
  readonly join: EpochMs | undefined;
  readonly leave: EpochMs | undefined;
  readonly minutes: number;
  readonly percent: number | undefined;
};

const MINUTE_MS = 60_000;

const withOneDecimal = (value: number): number => Math.round(value * 10) / 10;

/**
 * What several stays of one person add up to: the earliest join, the latest leave, the time there at all. A stay without
 * an end lasts to the session's; one without times adds its duration. No total exceeds the session.
 */
export const attendanceOf = (rows: readonly StayRow[], { start, end }: Pick<Session, 'start' | 'end'>): Attendance => {
  const timed = rows.flatMap(({ join, leave }) => {
    const to = leave ?? end;
    return join === undefined || to === undefined || to < join ? [] : [{ from: join, to }];
  });
  const joins = rows.flatMap(({ join }) => (join === undefined ? [] : [join]));
  const leaves = rows.flatMap(({ join, leave }) => leave ?? (join === undefined ? [] : (end ?? [])));
  const untimed = rows
    .filter(({ join }) => join === undefined)
    .reduce((sum, { seconds }) => sum + Math.max(0, seconds ?? 0) * 1_000, 0);
  const lengthMs = start !== undefined && end !== undefined && end > start ? end - start : undefined;
  const totalMs = Math.min(unionMs(timed) + untimed, lengthMs ?? Number.POSITIVE_INFINITY);
  return {
    join: joins.length === 0 ? undefined : joins.reduce((a, b) => Math.min(a, b)),
    leave: leaves.length === 0 ? undefined : leaves.reduce((a, b) => Math.max(a, b)),
    minutes: withOneDecimal(totalMs / MINUTE_MS),
    percent: lengthMs === undefined ? undefined : withOneDecimal((totalMs / lengthMs) * 100),
  };
};
