import { type Facts, listAt, textAt, textOf } from '../facts.ts';
import type { Part } from '../say.ts';
import { faint, inQuotes, strong } from '../span.ts';

/**
 * Where a path begins: at `payload.object`, or where it says (`payload.…`, `old.…`).
 */
export const textFrom = (facts: Facts, path: string): string | undefined => {
  if (path.startsWith('payload.')) return textAt(facts.payload, path.slice('payload.'.length));
  if (path.startsWith('old.')) return textAt(facts.old, path.slice('old.'.length));
  return textAt(facts.object, path);
};

/** The text as it is. */
export const text =
  (path: string): Part =>
  (facts) =>
    textFrom(facts, path);

/** A name that the eye should find. */
export const name =
  (path: string): Part =>
  (facts) => {
    const found = textFrom(facts, path);
    return found === undefined ? undefined : strong(found);
  };

/** What someone wrote: “Thanks!” */
export const quote =
  (path: string): Part =>
  (facts) => {
    const found = textFrom(facts, path);
    return found === undefined ? undefined : inQuotes(found, 'plain');
  };

/** An identifier, for whoever looks for it. */
export const id =
  (path: string): Part =>
  (facts) => {
    const found = textFrom(facts, path);
    return found === undefined ? undefined : faint(found);
  };

/** `Do_Not_Disturb` → `do not disturb`, `ssoCreate` → `sso create`. */
export const spoken =
  (path: string): Part =>
  (facts) =>
    textFrom(facts, path)
      ?.replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase();

/** The word for a value: choose('status', { 1: 'active' }). What is not listed is shown as it is, after its name. */
export const choose =
  (path: string, wordOf: Readonly<Record<string, string>>): Part =>
  (facts) => {
    const found = textFrom(facts, path);
    if (found === undefined) return undefined;
    return Object.hasOwn(wordOf, found) ? wordOf[found] : `${path.split('.').at(-1)?.replaceAll('_', ' ')} ${found}`;
  };

/** The texts of a list, with commas between them. */
export const texts =
  (path: string): Part =>
  ({ object }) =>
    listAt(object, path)
      .map(textOf)
      .filter((found) => found !== undefined)
      .slice(0, 6)
      .join(', ');

/** A text of the first element of a list. */
export const first =
  (list: string, path: string): Part =>
  ({ object }) =>
    textAt(listAt(object, list)[0], path);
