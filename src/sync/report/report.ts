import type { Status } from '../config/schema.ts';

/** One person of one session, as the output says it. */
export type PersonLine = {
  readonly contact: string;
  readonly session: string;
  readonly kind: 'meeting' | 'webinar';
  readonly action: 'create' | 'update' | 'unchanged' | 'skip' | 'fail';
  readonly status: Status;
  readonly duration_minutes: number | null;
  readonly lists: readonly number[];
  readonly attributes: readonly string[];
  readonly event: string | null;
  readonly reason: string | null;
};

export type Failure = {
  readonly contact: string | null;
  readonly session: string;
  readonly stage: 'zoom' | 'contact' | 'event';
  readonly code: string;
  readonly message: string;
  readonly request_id: string | null;
};

/** The end of a run, as `--report` writes it. */
export type Report = {
  ok: boolean;
  readonly dry_run: boolean;
  readonly sessions: { done: number; waiting: number; failed: number };
  readonly people: {
    attended: number;
    registered: number;
    absent: number;
    cancelled: number;
    without_email: number;
    left_out: number;
    blocklisted: number;
    deleted_in_brevo: number;
  };
  readonly contacts: { created: number; updated: number; unchanged: number; skipped: number; failed: number };
  readonly events: { sent: number; already_sent: number; unknown: number; failed: number };
  readonly failures: Failure[];
};

export const emptyReport = (dryRun: boolean): Report => ({
  ok: true,
  dry_run: dryRun,
  sessions: { done: 0, waiting: 0, failed: 0 },
  people: {
    attended: 0,
    registered: 0,
    absent: 0,
    cancelled: 0,
    without_email: 0,
    left_out: 0,
    blocklisted: 0,
    deleted_in_brevo: 0,
  },
  contacts: { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
  events: { sent: 0, already_sent: 0, unknown: 0, failed: 0 },
  failures: [],
});
