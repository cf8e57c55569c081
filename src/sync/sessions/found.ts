import type { Registrant } from '../people/stay.ts';
import type { Job } from './job.ts';

/** What came along with a job in an event, and is in no ledger: names and addresses. */
export type Extra = {
  readonly topic: string;
  readonly timezone: string | undefined;
  readonly hostEmail: string;
  readonly at: number;
  readonly registrant?: Registrant | undefined;
  readonly isCancelled?: boolean;
  readonly recording?: { readonly shareUrl: string; readonly passcode: string } | undefined;
  /** For a moment: what happened, and to whom it is told; empty: to the host. */
  readonly moment?: { readonly verb: 'started' | 'ended' | 'joined'; readonly email: string; readonly name: string };
};

/** Something to be done, as a source finds it. */
export type Found = { readonly job: Job; readonly extra?: Extra };

/** Where the work comes from. */
export type Source = {
  /** What there is to do, until the source ends or the signal aborts. */
  readonly found: (signal: AbortSignal) => AsyncIterable<Found>;
  /** Whether the source waits for what comes, rather than being read to its end. */
  readonly isLive: boolean;
  /** Whether recordings are looked up with the sessions: nothing tells when one is ready. */
  readonly isBackfill: boolean;
};
