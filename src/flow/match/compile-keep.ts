import type { Keep } from '../keep.ts';
import type { Condition, Test } from './condition.ts';
import { parseDecimal } from './decimal.ts';
import { compileEventFilter } from './event-filter.ts';
import type { EventPatterns } from './event-pattern.ts';
import { type CompileLinear, compileTest } from './holds.ts';
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
 * `compileLinear` is needed where a regular expression is not simple: `loadKeep` knows.
 */
export const compileKeep = (filters: Filters, compileLinear?: CompileLinear): Keep => {
  const byName = nameStage(filters);
  const inside = insideStages(filters, compileLinear);
  const stages = byName === undefined ? inside : [byName, ...inside];
  // Where only presence counts, a number's last digits do not.
  const exact = filters.where.some(({ test }) => test.kind === 'compare' || test.kind === 'pattern');
  return {
    keeps(delivery) {
      if (byName !== undefined) {
        if (!byName.passes(delivery.type)) return false;
        byName.passed += 1;
      }
      if (inside.length === 0) return true;
      const event = openEvent(delivery, exact);
      for (const stage of inside) {
        if (!stage.passes(event)) return false;
        stage.passed += 1;
      }
      return true;
    },
    tally: () => stages.map(({ filter, passed }) => ({ filter, passed })),
  };
};

/** Compiles the filters, and loads the engine for regular expressions where one needs it. */
export const loadKeep = async (filters: Filters): Promise<Keep> => {
  const needsEngine = filters.where.some(({ test }) => test.kind === 'pattern' && !test.pattern.isSimple);
  return compileKeep(filters, needsEngine ? (await import('./linear/index.ts')).compileLinear : undefined);
};

type Stage<T> = { readonly filter: string; passed: number; readonly passes: (event: T) => boolean };

/** The filter that needs the name only: an event that it drops is never opened. */
const nameStage = ({ event }: Filters): Stage<string> | undefined => {
  if (event.length === 0) return undefined;
  const passes = compileEventFilter(event.flatMap(({ patterns }) => patterns));
  return { filter: `--event ${event.map(({ text }) => text).join(',')}`, passed: 0, passes };
};

const insideStages = ({ meeting, where }: Filters, compileLinear: CompileLinear | undefined): Stage<OpenEvent>[] => {
  const stages: Stage<OpenEvent>[] = [];
  const add = (filter: string, passes: (event: OpenEvent) => boolean) => stages.push({ filter, passed: 0, passes });
  if (meeting.length > 0) add(`--meeting ${meeting.map(({ text }) => text).join(' or ')}`, meetingFilter(meeting));
  for (const condition of where) add(`--where ${condition.text}`, conditionFilter(condition, compileLinear));
  return stages;
};

const meetingFilter = (meetings: readonly Meeting[]): ((event: OpenEvent) => boolean) => {
  const wanted = new Set(meetings.flatMap(({ spellings }) => spellings));
  const needles = [...wanted];
  return ({ raw: rawOf, type, tree }) => {
    const raw = rawOf();
    // A text that holds no wanted name cannot match, unless an escape or a number's spelling hides one.
    const mayHold = needles.some((needle) => mayBeIn(raw, needle)) || hasDelicateNumbers(raw);
    if (!mayHold) return false;
    const parsed = tree();
    return parsed !== undefined && meetingNames(type, parsed).some((name) => wanted.has(name));
  };
};

const conditionFilter = (
  { path, test }: Condition,
  compileLinear: CompileLinear | undefined,
): ((event: OpenEvent) => boolean) => {
  const holds = compileTest(test, compileLinear);
  const needle = path[0]?.key === 'payload' ? literalOf(test) : undefined;
  return ({ raw, isPacked, valuesAt }) =>
    (needle === undefined || isPacked || mayBeIn(raw(), needle)) && holds(valuesAt(path));
};

/** Whether a string of the JSON text may hold the words: it shows them, or has escapes that may spell them. */
const mayBeIn = (raw: string, words: string): boolean =>
  raw.includes(words) || raw.includes('\\u') || (ESCAPED.test(words) && raw.includes('\\'));

/** What JSON escapes without a number. */
const ESCAPED = /["\\/\0-\x1f]/;

/**
 * What an event's text must hold for the condition to hold, unless an escape hides it; saves parsing most of a recording.
 * A number has many spellings (`100`, `1e2`), so only other text can be looked for.
 */
const literalOf = (test: Test): string | undefined =>
  test.kind === 'compare' && test.operator === '=' && parseDecimal(test.value) === undefined ? test.value : undefined;
