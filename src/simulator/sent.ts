import type { Clock, EpochMs } from '../time/clock.ts';

/** What was sent since the start. */
export type Sent = {
  total: number;
  /** Of these, how many went to no one: they are gone. */
  unheard: number;
  readonly byType: Map<string, number>;
  /** The latest ones, newest last. */
  readonly latest: { readonly at: EpochMs; readonly type: string; readonly receivers: number }[];
};

const LATEST = 20;
/** Zoom has 297 documented types; whoever invents more than this is counted together. */
const MOST_TYPES = 1_000;

export const createSent = (clock: Clock) => {
  const sent: Sent = { total: 0, unheard: 0, byType: new Map(), latest: [] };
  const count = (texts: readonly string[], receivers: number): void => {
    sent.total += texts.length;
    if (receivers === 0) sent.unheard += texts.length;
    for (const text of texts) {
      const type = typeOf(text);
      const known = sent.byType.has(type) || sent.byType.size < MOST_TYPES ? type : 'others';
      sent.byType.set(known, (sent.byType.get(known) ?? 0) + 1);
    }
    for (const text of texts.slice(-LATEST)) sent.latest.push({ at: clock.now(), type: typeOf(text), receivers });
    sent.latest.splice(0, sent.latest.length - LATEST);
  };
  return { sent, count };
};

/** The event's name where its text begins with it, as Zoom's do: nothing is parsed on the way out. */
export const typeOf = (text: string): string => /^\s*\{\s*"event"\s*:\s*"([^"\\]{1,100})"/.exec(text)?.[1] ?? 'unnamed';
