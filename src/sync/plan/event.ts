import type { EpochMs } from '../../time/clock.ts';
import type { SyncConfig } from '../config/config.ts';
import type { Person } from '../people/person.ts';
import type { Session } from '../sessions/session.ts';
import { iso } from './values.ts';

/** An event for Brevo. `session` is what it is sent once for, besides its name and the person. */
export type BrevoEvent = {
  readonly name: string;
  readonly session: string;
  readonly at: EpochMs | undefined;
  readonly properties: Readonly<Record<string, string | number>>;
};

/** Later than this, an event about a session would start a follow-up that nobody waits for. */
const LATEST_MS = 30 * 86_400_000;

export const isTooLate = ({ end, start }: Pick<Session, 'end' | 'start'>, now: EpochMs): boolean => {
  const at = end ?? start;
  return at !== undefined && now - at > LATEST_MS;
};

/** The event that a person's part in a session makes; undefined if none is wanted. */
export const attendanceEvent = (
  person: Person,
  session: Session,
  { events }: Pick<SyncConfig, 'events'>,
): BrevoEvent | undefined => {
  const word = ({ attended: 'attended', absent: 'missed' } as const)[person.status as 'attended' | 'absent'];
  if (word === undefined || !events.has(word)) return undefined;
  return {
    name: `zoom_${session.kind}_${word}`,
    session: session.uuid,
    at: word === 'attended' ? (person.leave ?? session.end) : session.end,
    properties: {
      ...sessionProperties(session),
      ...present({
        join_time: person.join && iso(person.join),
        leave_time: person.leave && iso(person.leave),
        duration_minutes: person.minutes,
        attendance_percent: person.percent,
        registration_source: person.registrant?.source,
      }),
    },
  };
};

/** Whoever was told to have attended is never told to have missed the same session: that event, if there can be one. */
export const contraryOf = (event: BrevoEvent): BrevoEvent | undefined =>
  event.name.endsWith('_missed') ? { ...event, name: event.name.replace(/_missed$/, '_attended') } : undefined;

/** What every event says of its session. */
export const sessionProperties = (session: Session): Readonly<Record<string, string | number>> =>
  present({
    meeting_id: session.id,
    session_uuid: session.uuid,
    topic: session.topic,
    start_time: session.start && iso(session.start),
    end_time: session.end && iso(session.end),
  });

export const present = (
  properties: Readonly<Record<string, string | number | undefined>>,
): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(properties).filter(
      (pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== '',
    ),
  );
