import { type Facts, textOf } from '../facts.ts';
import type { Part } from '../say.ts';
import { plain, type Span } from '../span.ts';

const LISTED = 4;
/** No settings are deeper than this. */
const DEEPEST = 8;

/** What differs from `old_object`: `topic, duration and 3 more`. Settings come with their new value: `chat on`. */
export const changes: Part = (facts) => {
  const changed = changedIn(facts);
  if (changed.length === 0) return undefined;
  const shown = changed
    .slice(0, LISTED)
    .flatMap(([name, value], index): Span[] => [
      plain(index === 0 ? '' : ', '),
      { text: name, tone: 'strong' },
      plain(value === undefined ? '' : ` ${value}`),
    ]);
  const rest = changed.length - LISTED;
  return rest > 0 ? [...shown, plain(` and ${rest} more`)] : shown;
};

type Branch = Readonly<Record<string, unknown>>;

type Change = readonly [name: string, value: string | undefined];

/** Without an `old_object`, whatever settings the event holds are the changed ones. */
const changedIn = ({ object, old }: Facts): readonly Change[] => {
  const changed: Change[] = [];
  if (isRecord(old)) collect(object, old, changed);
  else if (isRecord(object) && isRecord(object.settings)) collect(object.settings, undefined, changed);
  return changed;
};

/** Every leaf of what was that is another now; of what is, where nothing is known of before. */
const collect = (now: unknown, before: unknown, changed: Change[], name = '', depth = 0): void => {
  const known = before === undefined ? now : before;
  if (isRecord(known) && depth <= DEEPEST) {
    for (const key of Object.keys(known)) {
      if (!IDENTITY.has(key)) collect(ownOf(now, key), ownOf(before, key), changed, key, depth + 1);
    }
  } else if (!isSame(now, before, depth)) {
    changed.push([textOf(name) ?? '', SECRET.test(name) ? undefined : spoken(now)]);
  }
};

/** Whether two values are the same as far down as the line shows. */
const isSame = (a: unknown, b: unknown, depth: number): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (depth > DEEPEST) return true;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame((a as Branch)[key], (b as Branch)[key], depth + 1))
  );
};

/** What tells which thing it is; it stands in both objects and is no change. */
const IDENTITY = new Set(['id', 'uuid', 'host_id', 'group_id']);

/** The passcode of a meeting must not stand on the screen. */
const SECRET = /pass|pin$|key|token|secret/;

const ownOf = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A switch is on or off; other values speak only where they are short. */
const spoken = (value: unknown): string | undefined => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = textOf(value);
  if (text === undefined || text.length > 24) return undefined;
  return /^[\w.:+-]+$/.test(text) ? text : `“${text}”`;
};
