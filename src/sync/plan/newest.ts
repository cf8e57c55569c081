import type { EpochMs } from '../../time/clock.ts';
import { STATUSES, type Status } from '../config/schema.ts';

/** What was written of a contact before: which session its attributes describe. */
export type Known = {
  /** When that session was, or the registration for it. */
  readonly at: EpochMs;
  /** Its uuid, or the number with the occurrence. */
  readonly session: string;
  /** The number that its occurrences share. */
  readonly number: string;
  readonly status: Status;
};

/** Two occurrences of one number are further apart than a start is from its plan. */
const ONE_OCCURRENCE_MS = 6 * 3_600_000;

/**
 * Whether attributes are to describe this session now: it is the newest, or the one they describe, and its status does
 * not fall (except that whoever cancelled may register again).
 */
export const describesNow = (next: Known, before: Known | undefined): boolean => {
  if (before === undefined) return true;
  const isSame =
    before.session === next.session ||
    (before.number !== '' && before.number === next.number && Math.abs(before.at - next.at) < ONE_OCCURRENCE_MS);
  if (!isSame) return next.at >= before.at;
  if (before.status === 'cancelled' && next.status === 'registered') return true;
  return STATUSES.indexOf(next.status) >= STATUSES.indexOf(before.status);
};
