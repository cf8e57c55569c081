import { at, type Facts, textOf } from './facts.ts';
import { faint, plain, type Span } from './span.ts';

/** How many fields of an unknown event are shown. */
const SHOWN = 6;
/** How much of a payload is looked at, so that a huge one costs no more than another. */
const SEEN = 200;
const DEEPEST = 5;

/** The names of fields that tell most, the best first; then comes everything else, and last what only machines read. */
const TELLING = [
  /^(topic|title|subject|session_name|channel_name)$/,
  /(^|_)name$|^userName$/,
  /^(message|text|content|cmd|summary)$/,
  /reason|error|status|state|result|action/,
  /email$|phone_number$|^operator$/,
  /^(id|number|meeting_id|webinar_id|call_id)$/,
  /type$|duration|size|count/,
];
const DULL = /account_?id$|uuid$|token|_?ts$|timestamp|time_stamp|[jJ]id$|url$|timezone/;

/** The most telling fields of an event of which nothing is known: `topic="Weekly sync" id=85212345678`. */
export const tellingFields = (facts: Facts): readonly Span[] => {
  const found: Field[] = [];
  const budget = { left: SEEN };
  const seen = facts.object === undefined ? facts.payload : facts.object;
  collect(seen, '', 0, found, budget);
  if (seen !== facts.payload) collect(without(facts.payload, ['object', 'old_object']), '', 0, found, budget);
  if (found.length === 0)
    collect(without(facts.event, ['event', 'event_ts', '_meta', 'payload']), '', 0, found, budget);
  const best = found.sort((a, b) => a.rank - b.rank).slice(0, SHOWN);
  if (best.length === 0) return [faint(textOf(at(facts.event, 'payload')) ?? 'no payload')];
  return best.flatMap(({ name, text }, index) => [faint(`${index === 0 ? '' : ' '}${name}=`), plain(quoted(text))]);
};

type Field = { readonly name: string; readonly text: string; readonly rank: number };

const collect = (value: unknown, name: string, depth: number, found: Field[], budget: { left: number }): void => {
  if (budget.left-- <= 0 || depth > DEEPEST) return;
  const text = typeof value === 'boolean' ? String(value) : textOf(value);
  if (text !== undefined) {
    found.push({ name: textOf(name) ?? 'payload', text, rank: rankOf(name) + depth / 10 });
  } else if (Array.isArray(value)) {
    collect(value[0], name, depth, found, budget);
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) {
      if (budget.left <= 0) return;
      if (Object.hasOwn(value, key)) collect((value as Record<string, unknown>)[key], key, depth + 1, found, budget);
    }
  }
};

const rankOf = (name: string): number => {
  if (DULL.test(name)) return TELLING.length + 1;
  const rank = TELLING.findIndex((pattern) => pattern.test(name));
  return rank < 0 ? TELLING.length : rank;
};

const without = (value: unknown, keys: readonly string[]): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
};

const quoted = (text: string): string => (/^[^\s"=]+$/.test(text) ? text : `"${text}"`);
