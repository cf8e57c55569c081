import { complaintAt } from './caret.ts';

/** One step of a path: a key, then as many arrays walked as there are `[]` behind it. */
type Step = { readonly key: string; readonly arrays: number };
export type Path = readonly Step[];

/** Where a path begins that does not stand under `payload.object`. `_meta` is what the recorder adds to the event. */
const ROOTS: readonly string[] = ['event', 'event_ts', 'payload', '_meta'];
const OBJECT: Path = [
  { key: 'payload', arrays: 0 },
  { key: 'object', arrays: 0 },
];

/**
 * `participant.email`, `payload.account_id`, `recording_files[].file_type` → the path from the event's top.
 * `start` is where `name` stands in `text`, for the caret of a complaint.
 */
export const parsePath = (name: string, text: string, start: number): Path => {
  const steps: Step[] = [];
  let at = start;
  for (const part of name.split('.')) {
    steps.push(parseStep(part, text, at));
    at += part.length + 1;
  }
  return ROOTS.includes(steps[0]?.key ?? '') ? steps : [...OBJECT, ...steps];
};

const parseStep = (part: string, text: string, at: number): Step => {
  const bracket = part.search(/[[\]]/);
  const key = bracket < 0 ? part : part.slice(0, bracket);
  if (key === '') throw complaintAt(text, at, 'expected the name of a field');
  const rest = part.slice(key.length);
  const wrong = rest.replace(/^(?:\[\])*/, '');
  if (wrong === '') return { key, arrays: rest.length / 2 };
  const place = at + part.length - wrong.length;
  throw complaintAt(text, place, 'expected "[]", which walks a whole array, at the end of a name');
};

/**
 * Every value that the path leads to: one at most without `[]`, none where it is absent. Keys that the event does not
 * hold itself (`constructor`) are absent. `keyOf` spells a key as the tree has it.
 */
export const valuesAt = (root: unknown, path: Path, keyOf: (key: string) => string): readonly unknown[] => {
  let values: unknown[] = [root];
  for (const { key, arrays } of path) {
    const name = keyOf(key);
    values = values.flatMap((value) => (hasKey(value, name) ? [value[name]] : []));
    for (let depth = 0; depth < arrays; depth += 1) {
      values = values.flatMap((value) => (Array.isArray(value) ? value : []));
    }
  }
  return values;
};

const hasKey = (value: unknown, key: string): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key);
