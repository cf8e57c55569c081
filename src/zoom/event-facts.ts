import { hash } from 'node:crypto';

/** How many hex digits of the digest make an id: 64 bits, so that ten million events clash with a chance of 1 in 400,000. */
const ID_DIGITS = 16;

/** The identity of an event, from its text alone: the same on every connection and in every run. */
export const eventId = (raw: string): string => hash('sha256', raw, 'hex').slice(0, ID_DIGITS);

/** The usual beginning of an event. What it matches stands at the top level, for no object was opened before it. */
const USUAL_HEAD = /^\{"event":"[^"\\]*","event_ts":(\d{1,15})[,}]/;

/** `event_ts`, Unix milliseconds, as the sender wrote it; undefined where it is missing or no number. */
export const eventTs = (raw: string): number | undefined => {
  const head = USUAL_HEAD.exec(raw);
  // A second mention may be a later key of the same name, which would win: then only a parser knows.
  if (head?.[1] !== undefined && !raw.includes('"event_ts"', head[0].length)) return Number(head[1]);
  const { event_ts: value } = JSON.parse(raw) as { event_ts?: unknown };
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};
