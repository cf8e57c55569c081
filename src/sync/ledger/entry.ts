import type { Known } from '../plan/newest.ts';
import type { Job } from '../sessions/job.ts';

/**
 * One line of the ledger. The key comes first, so that a line can be passed over by its first bytes: `{"k":"…16…"`.
 * `n` says that an earlier line of this key is superseded by it.
 */
export type Entry =
  | { readonly k: string; readonly t: 'event'; readonly s: 'sending' | 'sent' | 'unknown' | 'free'; readonly n?: 1 }
  | ({ readonly k: string; readonly t: 'contact'; readonly n?: 1 } & Known)
  | { readonly k: string; readonly t: 'job'; readonly job: Job; readonly n?: 1 }
  | { readonly k: string; readonly t: 'done'; readonly n?: 1 };

/** A line as it is written. */
export const lineOf = ({ k, t, ...rest }: Entry): string => `${JSON.stringify({ k, t, ...rest })}\n`;

/** Undefined for a line that is none of ours: torn by a crash, or from elsewhere. */
export const entryIn = (line: string): Entry | undefined => {
  try {
    const entry = JSON.parse(line) as Entry;
    return typeof entry.k === 'string' && typeof entry.t === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
};

/** The key of a line, without reading the rest of it. */
export const keyIn = (line: string): string | undefined =>
  line.startsWith('{"k":"') ? line.slice(6, line.indexOf('"', 6)) : undefined;
