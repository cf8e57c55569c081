import type { Known } from '../plan/newest.ts';
import { entryIn, keyIn } from './entry.ts';
import { readLines } from './read-lines.ts';

export type EventState = 'sending' | 'sent' | 'unknown';

/** What the ledger says of some keys; it is kept up to date by whoever writes. */
export type View = {
  readonly events: Map<string, EventState>;
  readonly contacts: Map<string, Known>;
};

/** Looks some keys up in one reading: memory grows with them, not with the ledger. */
export const viewOf = async (path: string, wanted: ReadonlySet<string>): Promise<View> => {
  const view: View = { events: new Map(), contacts: new Map() };
  if (wanted.size === 0) return view;
  for await (const line of readLines(path)) {
    const key = keyIn(line);
    if (key === undefined || !wanted.has(key)) continue;
    const entry = entryIn(line);
    if (entry?.t === 'contact') {
      const { at, session, number, status } = entry;
      view.contacts.set(entry.k, { at, session, number, status });
    } else if (entry?.t === 'event') {
      if (entry.s === 'free') view.events.delete(entry.k);
      else view.events.set(entry.k, entry.s);
    }
  }
  return view;
};
