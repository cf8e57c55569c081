import type { Registrant, StayRow } from '../people/stay.ts';
import type { Session } from './session.ts';

/** Everything that is known of one session's people, wherever it came from. */
export type Gathered = {
  readonly session: Session;
  readonly rows: readonly StayRow[];
  readonly registrants: readonly Registrant[];
  /** Addresses; undefined: whoever registered and did not come. */
  readonly absentees: ReadonlySet<string> | undefined;
  readonly panelists: ReadonlySet<string>;
};

/** The session is over, but Zoom has not counted it yet. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** Zoom has never counted it, and nothing says that it will. */
export class NeverReady extends Error {
  override readonly name = 'NeverReady';

  constructor(what: string) {
    super(`Zoom knows of no session of ${what} that has ended: is the number right?`);
  }
}
