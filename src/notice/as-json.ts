import { escapedForJson } from '../terminal/sanitize.ts';

/**
 * A notice as one line of JSON. Keys are in snake case and instants (keys in `At`) in ISO 8601, as in events; nothing in it
 * is obeyed by a terminal. `mask` works before the encoding: a secret inside a frame inside a string has more forms than
 * anyone can list.
 */
export const asJson = (notice: object, mask: (text: string) => string): string =>
  escapedForJson(JSON.stringify(outward(notice, mask)));

const outward = (value: unknown, mask: (text: string) => string): unknown => {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => outward(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      snakeCase(key),
      key.endsWith('At') && typeof inner === 'number' ? new Date(inner).toISOString() : outward(inner, mask),
    ]),
  );
};

const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
