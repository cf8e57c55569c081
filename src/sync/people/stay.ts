import type { EpochMs } from '../../time/clock.ts';

/** One stay of somebody in a session, from a participant list or from events. */
export type StayRow = {
  /** As Zoom says it; empty for guests. */
  readonly email: string;
  readonly registrantId: string;
  readonly name: string;
  readonly join: EpochMs | undefined;
  readonly leave: EpochMs | undefined;
  /** For rows without times. */
  readonly seconds: number | undefined;
  readonly isWaiting: boolean;
  readonly isInternal: boolean;
};

/** A registration, of whatever status; `source` is the name of the tracking source it came by. */
export type Registrant = {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly createdAt: EpochMs | undefined;
  readonly source: string;
  readonly questions: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
};
