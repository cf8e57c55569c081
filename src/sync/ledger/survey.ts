import type { Job } from '../sessions/job.ts';
import { entryIn } from './entry.ts';
import { readLines } from './read-lines.ts';

/** What a ledger has open; everything else is looked up when it is needed. */
export type Survey = {
  readonly jobs: Map<string, Job>;
  /** Events that were begun and not confirmed: `unknown` ones are known to be so. */
  readonly open: Map<string, 'sending' | 'unknown'>;
  readonly lines: number;
  /** How many lines a later one has taken the place of. */
  readonly superseded: number;
};

/** Reads a ledger once, keeping only what is open. */
export const surveyOf = async (path: string): Promise<Survey> => {
  const jobs = new Map<string, Job>();
  const open = new Map<string, 'sending' | 'unknown'>();
  let lines = 0;
  let superseded = 0;
  for await (const line of readLines(path)) {
    const entry = entryIn(line);
    lines += 1;
    if (entry === undefined) {
      superseded += 1;
      continue;
    }
    if (entry.n === 1) superseded += 1;
    if (entry.t === 'job') jobs.set(entry.k, entry.job);
    else if (entry.t === 'done') {
      jobs.delete(entry.k);
      // It needs no line itself either.
      superseded += 1;
    } else if (entry.t === 'event') {
      if (entry.s === 'sending' || entry.s === 'unknown') open.set(entry.k, entry.s);
      else open.delete(entry.k);
    }
  }
  return { jobs, open, lines, superseded };
};
