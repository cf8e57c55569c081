import type { Keep } from '../keep.ts';
import type { Condition } from './condition.ts';
import { compileEventFilter } from './event-filter.ts';
import type { EventPatterns } from './event-pattern.ts';
import { compileTest } from './holds.ts';
import { hasDelicateNumbers } from './json-tree.ts';
import { type Meeting, meetingNames } from './meeting.ts';
import { type OpenEvent, openEvent } from './open-event.ts';

/** The filters of a run, each parsed; an empty list filters nothing. */
export type Filters = {
  readonly event: readonly EventPatterns[];
  readonly meeting: readonly Meeting[];
  readonly where: readonly Condition[];
};

/**
 * Compiles the filters. Event names are judged first, without parsing; then the meeting, then the conditions in the order
 * typed. An event is parsed once at most, and only if something asks for its inside. Never throws, whatever the event.
 */
export const compileKeep = (filters: Filters): Keep => {
  const stages = stagesOf(filters);
  // Where only presence counts, a number's last digits do not.
  const exact = filters.where.some(({ test }) => test.kind === 'compare' || test.kind === 'pattern');
  return {
    keeps(delivery) {
      const event = openEvent(delivery, exact);
      for (const stage of stages) {
        if (!stage.passes(event)) return false;
        stage.passed += 1;
      }
      return true;
    },
    tally: () => stages.map(({ filter, passed }) => ({ filter, passed })),
  };
};

type Stage = { readonly filter: string; passed: number; readonly passes: (event: OpenEvent) => boolean };

const stagesOf = ({ event, meeting, where }: Filters): Stage[] => {
  const stages: Stage[] = [];
  const add = (filter: string, passes: Stage['passes']) => stages.push({ filter, passed: 0, passes });
  if (event.length > 0) {
    const passes = compileEventFilter(event.flatMap(({ patterns }) => patterns));
    add(`--event ${event.map(({ text }) => text).join(',')}`, ({ type }) => passes(type));
  }
  if (meeting.length > 0) add(`--meeting ${meeting.map(({ text }) => text).join(' or ')}`, meetingFilter(meeting));
  for (const condition of where) add(`--where ${condition.text}`, conditionFilter(condition));
  return stages;
};

const meetingFilter = (meetings: readonly Meeting[]): Stage['passes'] => {
  const wanted = new Set(meetings.flatMap(({ spellings }) => spellings));
  const needles = [...wanted];
  return ({ raw, type, tree }) => {
    // A text that holds no wanted name cannot match, unless an escape or a number's spelling hides one.
    const plain = !raw.includes('\\') && !hasDelicateNumbers(raw);
    if (plain && !needles.some((needle) => raw.includes(needle))) return false;
    const parsed = tree();
    return parsed !== undefined && meetingNames(type, parsed).some((name) => wanted.has(name));
  };
};

const conditionFilter = ({ path, test }: Condition): Stage['passes'] => {
  const holds = compileTest(test);
  return ({ valuesAt }) => holds(valuesAt(path));
};
