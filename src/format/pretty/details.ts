import { sanitize } from '../../terminal/sanitize.ts';

const INDENT = '  ';
/** Zoom nests eight deep; whoever nests deeper than this means to break something. */
const DEEPEST = 40;

/** The payload, and what else the event holds, a field per line, indented. Nothing is left out, nothing is cut. */
export const detailLines = (event: unknown): readonly string[] => {
  if (!isRecord(event)) return [];
  const { event: _type, event_ts: _ts, ...rest } = event;
  return Object.entries(rest).flatMap(([key, value]) => linesOf(sanitize(key), value, 2));
};

const linesOf = (label: string, value: unknown, depth: number): readonly string[] => {
  const indent = INDENT.repeat(depth);
  const entries = entriesOf(value);
  if (entries.length > 0 && depth > DEEPEST) return [`${indent}${label}: …`];
  if (entries.length === 0) return [`${indent}${label}: ${scalar(value)}`];
  return [`${indent}${label}:`, ...entries.flatMap(([key, inner]) => linesOf(key, inner, depth + 1))];
};

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] => {
  if (Array.isArray(value)) return value.map((item, index) => [`[${index}]`, item]);
  return isRecord(value) ? Object.entries(value).map(([key, inner]) => [sanitize(key), inner]) : [];
};

const scalar = (value: unknown): string =>
  typeof value === 'string' ? sanitize(value) : sanitize(JSON.stringify(value));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
