import { Complaint } from '../../config/flag.ts';
import { type Path, parsePath } from '../../flow/match/index.ts';

/** One `--set`: where, and the text of the value. */
export type Setting = { readonly path: Path; readonly text: string };

/** `payload.object.topic=Budget`, `topic=Budget` → where and what; paths are those of `--where`. */
export const setting = (typed: string): Setting => {
  const at = typed.indexOf('=');
  if (at < 0) throw new Complaint('expected path=value, such as topic=Budget');
  const path = parsePath(typed.slice(0, at), typed, 0);
  if (path[0]?.key === '_meta') throw new Complaint('_meta is what a recorder adds; an event does not have it');
  return { path, text: typed.slice(at + 1) };
};

/** The path as the documentation writes it: `payload.object.recording_files[].status`. */
export const documentedPath = ({ path }: Setting): string =>
  path.map(({ key, arrays }) => key + '[]'.repeat(arrays)).join('.');

/**
 * Sets the value in the event, making what is missing on the way; with `[]`, in each element. `fields` is what is
 * documented of the event's type: a documented string stays one, though it looks like a number. `null` is null anywhere.
 */
export const applySetting = (event: object, setting: Setting, fields: Readonly<Record<string, string>>): void => {
  const { path, text } = setting;
  const documented = fields[documentedPath(setting)];
  put(event as Branch, path, documented === 'string' && text !== 'null' ? text : jsonOrText(text));
};

type Branch = Record<string, unknown>;

const put = (at: Branch, [step, ...rest]: Path, value: unknown): void => {
  if (step === undefined) return;
  const { key, arrays } = step;
  if (arrays === 0 && rest.length === 0) {
    define(at, key, value);
    return;
  }
  let places = [{ holder: at, key }];
  for (let depth = 0; depth < arrays; depth += 1) {
    places = places.flatMap(({ holder, key }) => {
      const list = Object.hasOwn(holder, key) ? holder[key] : undefined;
      const items: unknown[] = Array.isArray(list) && list.length > 0 ? list : [undefined];
      define(holder, key, items);
      return items.map((_, index) => ({ holder: items as unknown as Branch, key: String(index) }));
    });
  }
  for (const { holder, key } of places) {
    if (rest.length === 0) define(holder, key, value);
    else put(child(holder, key), rest, value);
  }
};

const child = (at: Branch, key: string): Branch => {
  const found = Object.hasOwn(at, key) ? at[key] : undefined;
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Branch;
  const made: Branch = {};
  define(at, key, made);
  return made;
};

/** An own property whatever the key: `__proto__` is a name like any other in JSON. */
const define = (at: Branch, key: string, value: unknown): void => {
  Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });
};

/** JSON where the text is JSON that keeps its digits, else the text itself. */
const jsonOrText = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
  } catch {
    return text;
  }
};
