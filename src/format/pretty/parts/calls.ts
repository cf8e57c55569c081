import { at, type Facts, firstText, listAt } from '../facts.ts';
import type { Part } from '../say.ts';
import { plain, type Span, strong } from '../span.ts';

/** How the phone families name one end of a call, as an object (`caller.name`) … */
const OF_OBJECT = ['name', 'display_name', 'phone_number'];
/** … or as a row of fields (`caller_name`). */
const OF_ROW = ['name', 'number', 'did_number'];

/** One end of a call: a name, else a number, else an extension. */
export const party =
  (side: string): Part =>
  ({ object }) =>
    partyOf(object, side);

/** Both ends of a call: `Ada Lovelace → +1 202 555 0142`. */
export const call: Part = ({ object }) => callOf(object);

/** Both ends of the first of several calls, and how many more there are. */
export const calls =
  (path: string): Part =>
  ({ object }: Facts) => {
    const found = listAt(object, path);
    if (found.length === 0) return undefined;
    return found.length === 1 ? callOf(found[0]) : [...callOf(found[0]), plain(` and ${found.length - 1} more`)];
  };

const callOf = (value: unknown): readonly Span[] => [partyOf(value, 'caller'), plain(' → '), partyOf(value, 'callee')];

const partyOf = (value: unknown, side: string): Span => {
  const found = at(value, side);
  const name =
    found === undefined
      ? firstText(
          value,
          OF_ROW.map((key) => `${side}_${key}`),
        )
      : firstText(found, OF_OBJECT);
  const extension = firstText(value, [`${side}.extension_number`, `${side}_ext_number`]);
  return strong(name ?? (extension === undefined ? 'someone' : `extension ${extension}`));
};
