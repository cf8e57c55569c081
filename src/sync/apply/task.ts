import type { Person } from '../people/person.ts';
import type { BrevoEvent } from '../plan/event.ts';
import type { Known } from '../plan/newest.ts';
import type { Session } from '../sessions/session.ts';

/** What one person of one session may need. */
export type Task = {
  readonly person: Person;
  readonly session: Session;
  /** How the session is called in output. */
  readonly name: string;
  readonly place: Known;
  readonly events: readonly BrevoEvent[];
  /** Events alone, to whoever is in Brevo: nothing is written of the contact. */
  readonly eventsOnly: boolean;
};
