import type { EpochMs } from '../../time/clock.ts';

/**
 * Something to be done, as the ledger keeps it: without names and addresses. What came along with it in an event is in
 * memory only, and is looked up again after a crash.
 */
export type Job = {
  readonly id: string;
  readonly what: /** A number whose sessions are not known yet; `latest`: only the last one counts. */
    | 'number'
    /** The people of a session that is over. */
    | 'session'
    /** A registration; `person` is the key of the contact. */
    | 'registration'
    /** A recording that is ready. */
    | 'recording'
    /** Somebody's coming, or the host's beginning or end: worth nothing without what came along. */
    | 'moment';
  readonly kind: 'meeting' | 'webinar';
  readonly number: string;
  readonly uuid: string;
  readonly occurrence: string;
  readonly start: EpochMs | undefined;
  readonly end: EpochMs | undefined;
  readonly latest: boolean;
  readonly person: string;
  /** When it is to be done. */
  readonly due: EpochMs;
  /** When it was first to be done. */
  readonly since: EpochMs;
  /** How often it was not ready. */
  readonly tries: number;
};

export const jobOf = (parts: Partial<Job> & Pick<Job, 'id' | 'what' | 'kind' | 'due'>): Job => ({
  number: '',
  uuid: '',
  occurrence: '',
  start: undefined,
  end: undefined,
  latest: false,
  person: '',
  tries: 0,
  since: parts.due,
  ...parts,
});

/** What was not ready for so long never will be: its events would be too late, too. */
const LONGEST_MS = 30 * 86_400_000;

export const isHopeless = ({ since }: Job, now: EpochMs): boolean => now - since > LONGEST_MS;

const MINUTE_MS = 60_000;
/** After each time that Zoom was not ready yet [the contract]. */
const WAITS_MS = [1, 2, 4, 8, 15].map((minutes) => minutes * MINUTE_MS);

/** The same job for its next try; undefined once all tries of this run are used up. */
export const laterTry = (job: Job, now: EpochMs): Job | undefined => {
  const wait = WAITS_MS[job.tries];
  return wait === undefined ? undefined : { ...job, tries: job.tries + 1, due: now + wait };
};
