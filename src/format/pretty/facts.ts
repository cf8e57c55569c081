import { sanitize } from '../../terminal/sanitize.ts';

/** An event as the sentences read it. Nothing is known of its shape: any of these may be anything. */
export type Facts = {
  /** Zoom's name of the event, or '' */
  readonly type: string;
  readonly event: unknown;
  readonly payload: unknown;
  /** `payload.object`, where nearly everything stands. */
  readonly object: unknown;
  /** `payload.old_object`: how it was before. */
  readonly old: unknown;
  readonly utc: boolean;
};

export const factsOf = (type: string, event: unknown, utc: boolean): Facts => {
  const payload = at(event, 'payload');
  return { type, event, payload, object: at(payload, 'object'), old: at(payload, 'old_object'), utc };
};

/** The value at a dotted path of own keys; undefined where the path ends early. */
export const at = (value: unknown, path: string): unknown => {
  let here = value;
  for (const key of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
};

/** No topic or name is meant to be longer; what is longer is cut before it costs time. */
const LONGEST = 4_000;

/** A string or number as text that may go to a terminal; undefined for anything else, and for what is blank. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  return sanitize(trimmed.length > LONGEST ? `${trimmed.slice(0, LONGEST)}…` : trimmed);
};

/** The text at a path, as `textOf` makes it. */
export const textAt = (value: unknown, path: string): string | undefined => textOf(at(value, path));

/** The first of several paths that has a text. */
export const firstText = (value: unknown, paths: readonly string[]): string | undefined => {
  for (const path of paths) {
    const text = textAt(value, path);
    if (text !== undefined) return text;
  }
  return undefined;
};

/** The number at a path, also where it is written as a string. */
export const numberAt = (value: unknown, path: string): number | undefined => {
  const found = at(value, path);
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** The elements at a path; none where there is no array. */
export const listAt = (value: unknown, path: string): readonly unknown[] => {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
};
