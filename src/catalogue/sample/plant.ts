type Branch = { [key: string]: unknown };

/**
 * Sets the value at a documented path, making the objects and arrays on the way. The innermost `[]` gets `length`
 * elements; `value` is told which of them it is for.
 */
export const plant = (at: Branch, path: string, length: number, value: (index: number) => unknown): void =>
  grow(at, path.replace(PLACEHOLDER, 'account_alias').split('.'), length, 0, value);

/** Stands in the documentation for the name of whichever field has changed. */
const PLACEHOLDER = '$changed_field_name';

const grow = (
  at: Branch,
  [key = '', ...rest]: readonly string[],
  length: number,
  index: number,
  value: (index: number) => unknown,
): void => {
  if (!key.endsWith('[]')) {
    if (rest.length === 0) at[key] = value(index);
    else grow(child(at, key, {}), rest, length, index, value);
    return;
  }
  const items = child<Branch & unknown[]>(at, key.slice(0, -2), []);
  for (let place = 0; place < length; place++) {
    if (rest.length === 0) items[place] = value(place);
    else grow(child(items, String(place), {}), rest, length, place, value);
  }
};

const child = <T extends object = Branch>(at: Branch, key: string, empty: object): T => {
  at[key] ??= empty;
  return at[key] as T;
};
