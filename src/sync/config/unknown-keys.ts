import { closest, distance } from 'fastest-levenshtein';

/** A key that differs by more letters is no slip of another. */
const SLIPS = 3;

/** What is looked at of a schema: the keys it has, and what it wraps. */
type Shape = {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly wrapped?: unknown;
  readonly pipe?: readonly unknown[];
};

export type UnknownKey = { readonly path: readonly string[]; readonly nearest: string | undefined };

/** Every key of the file that means nothing, with the nearest one that does. */
export const unknownKeys = (schema: unknown, value: unknown, path: readonly string[] = []): readonly UnknownKey[] => {
  const shape = schema as Shape;
  if (shape.wrapped !== undefined) return unknownKeys(shape.wrapped, value, path);
  const { entries } = (shape.pipe?.at(-1) as Shape | undefined) ?? shape;
  if (entries === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    Object.hasOwn(entries, key)
      ? unknownKeys(entries[key], below, [...path, key])
      : [{ path: [...path, key], nearest: nearestOf(key, Object.keys(entries)) }],
  );
};

/** The nearest of some words, if it may be what was meant. */
export const nearestOf = (word: string, words: readonly string[]): string | undefined => {
  if (words.length === 0) return undefined;
  const near = closest(word, [...words]);
  return distance(word, near) <= SLIPS ? near : undefined;
};
