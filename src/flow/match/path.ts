import { complaintAt } from './caret.ts';

/** One step of a path: a key, also in UTF-8, then as many arrays walked as there are `[]` behind it. */
type Step = { readonly key: string; readonly bytes: Uint8Array; readonly arrays: number };
export type Path = readonly Step[];

const stepOf = (key: string, arrays = 0): Step => ({ key, bytes: Buffer.from(key), arrays });

/** Where a path begins that does not stand under `payload.object`. `_meta` is what the recorder adds to the event. */
const ROOTS: readonly string[] = ['event', 'event_ts', 'payload', '_meta'];
const OBJECT: Path = [stepOf('payload'), stepOf('object')];

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
  if (wrong === '') return stepOf(key, rest.length / 2);
  const place = at + part.length - wrong.length;
  throw complaintAt(text, place, 'expected "[]", which walks a whole array, at the end of a name');
};

/**
 * Every value that the path leads to: one at most without `[]`, none where it is absent. Keys that the event does not
 * hold itself (`constructor`) are absent. `keyOf` spells a key as the tree has it.
 */
export const valuesAt = (root: unknown, path: Path, keyOf: (key: string) => string): readonly unknown[] => {
  let value = root;
  for (const [index, { key, arrays }] of path.entries()) {
    const name = keyOf(key);
    if (!hasKey(value, name)) return [];
    value = value[name];
    if (arrays > 0) return itemsOf(value, arrays).flatMap((item) => valuesAt(item, path.slice(index + 1), keyOf));
  }
  return [value];
};

/** What the arrays hold that stand `depth` deep in each other. */
const itemsOf = (value: unknown, depth: number): readonly unknown[] =>
  depth === 0 ? [value] : Array.isArray(value) ? value.flatMap((item) => itemsOf(item, depth - 1)) : [];

const hasKey = (value: unknown, key: string): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key);
