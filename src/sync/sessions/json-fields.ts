import type { EpochMs } from '../../time/clock.ts';

/** Reads fields of JSON that others wrote: what is not there, or of another kind, is empty. */
export const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

/** Ids are numbers in some events and texts in others. */
export const textOf = (value: unknown, key: string): string => {
  const field = fieldOf(value, key);
  return typeof field === 'string' || typeof field === 'number' ? String(field).trim() : '';
};

export const instantOf = (value: unknown, key: string): EpochMs | undefined => {
  const at = Date.parse(textOf(value, key));
  return Number.isNaN(at) ? undefined : at;
};
