import type { EpochMs } from '../../time/clock.ts';

/** One occurrence of a meeting or webinar, as far as it is known. */
export type Session = {
  readonly kind: 'meeting' | 'webinar';
  /** The number; all its occurrences share it. Empty where it is not known. */
  readonly id: string;
  readonly uuid: string;
  readonly topic: string;
  readonly start: EpochMs | undefined;
  readonly end: EpochMs | undefined;
  readonly hostEmail: string;
  /** IANA name; undefined where nobody asked or Zoom does not say. */
  readonly timezone: string | undefined;
  readonly occurrenceId: string | undefined;
};

/** How sessions are called in output and ledger: by the uuid, else by the number. */
export const sessionName = ({ uuid, id }: Pick<Session, 'uuid' | 'id'>): string => (uuid === '' ? id : uuid);
