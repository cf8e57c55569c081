type Branch = { [key: string]: unknown };

/**
 * Sets the value at a documented path, making the objects and arrays on the way. The innermost `[]` gets `length`
 * elements; `value` is told which of them it is for.
 */
export const plant = (at: Branch, path: string, length: number, value: (index: number) => unknown): void =>
  grow(at, stepsOf(path), 0, length, 0, value);

/** One name of a path; `isList` where it stands for each element. */
type Step = { readonly name: string; readonly isList: boolean };

/** Stands in the documentation for the name of whichever field has changed. */
const PLACEHOLDER = '$changed_field_name';

/** Paths are taken apart once: a simulator makes tens of thousands of samples a second. */
const stepsByPath = new Map<string, readonly Step[]>();

const stepsOf = (path: string): readonly Step[] => {
  const known = stepsByPath.get(path);
  if (known !== undefined) return known;
  const steps = path
    .replace(PLACEHOLDER, 'account_alias')
    .split('.')
    .map((part) => ({ name: part.replace('[]', ''), isList: part.endsWith('[]') }));
  stepsByPath.set(path, steps);
  return steps;
};

const grow = (
  at: Branch,
  steps: readonly Step[],
  depth: number,
  length: number,
  index: number,
  value: (index: number) => unknown,
): void => {
  const step = steps[depth];
  if (step === undefined) return;
  const isLast = depth === steps.length - 1;
  if (!step.isList) {
    if (isLast) at[step.name] = value(index);
    else grow(child(at, step.name, false), steps, depth + 1, length, index, value);
    return;
  }
  const items = child(at, step.name, true);
  for (let place = 0; place < length; place++) {
    if (isLast) items[place] = value(place);
    else grow(child(items, String(place), false), steps, depth + 1, length, place, value);
  }
};

const child = (at: Branch, key: string, isList: boolean): Branch => {
  at[key] ??= isList ? [] : {};
  return at[key] as Branch;
};
