import type { Task } from '../apply/task.ts';
import type { SyncConfig } from '../config/config.ts';
import type { People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Registrant } from '../people/stay.ts';
import { attendanceEvent, type BrevoEvent, present, sessionProperties } from '../plan/event.ts';
import { iso } from '../plan/values.ts';
import type { Extra } from '../sessions/found.ts';
import type { Job } from '../sessions/job.ts';
import { type Session, sessionName } from '../sessions/session.ts';

/** What a session's people need. */
export const sessionTasks = ({ people }: People, session: Session, config: SyncConfig): readonly Task[] => {
  const at = session.start ?? session.end ?? 0;
  return people.map((person) => ({
    person,
    session,
    name: sessionName(session),
    place: { at, session: session.uuid, number: session.id, status: person.status },
    events: [attendanceEvent(person, session, config) ?? []].flat(),
    eventsOnly: false,
  }));
};

/** The event about a recording, for those whose status asks for it. */
export const recordingTasks = (
  { people }: People,
  session: Session,
  recording: { readonly shareUrl: string; readonly passcode: string },
  config: SyncConfig,
): readonly Task[] => {
  const event: BrevoEvent = {
    name: 'zoom_recording_ready',
    session: session.uuid,
    at: undefined,
    properties: present({
      ...sessionProperties(session),
      share_url: recording.shareUrl,
      passcode: config.recording.passcode ? recording.passcode : undefined,
    }),
  };
  const wanted = people.filter(({ status }) => config.recording.to.includes(status));
  return wanted.map((person) => eventTask(person, session, event));
};

const eventTask = (person: Person, session: Session, event: BrevoEvent): Task => ({
  person,
  session,
  name: sessionName(session),
  place: { at: 0, session: session.uuid, number: session.id, status: person.status },
  events: [event],
  eventsOnly: true,
});

/** A session as a job knows it. */
export const sessionOf = (job: Job, extra: Extra | undefined): Session => ({
  kind: job.kind,
  id: job.number,
  uuid: job.uuid,
  topic: extra?.topic ?? '',
  start: job.start,
  end: job.end,
  hostEmail: extra?.hostEmail ?? '',
  timezone: extra?.timezone,
  occurrenceId: job.occurrence || undefined,
});

const NOT_THERE = { join: undefined, leave: undefined, minutes: undefined, percent: undefined };

/** What a registration needs: it belongs to a number and an occurrence, for the session has no uuid of its own yet. */
export const registrationTask = (
  job: Job,
  extra: Extra | undefined,
  registrant: Registrant,
  email: string,
  config: SyncConfig,
): Task => {
  const session = { ...sessionOf(job, extra), uuid: '' };
  const status = extra?.isCancelled === true ? 'cancelled' : 'registered';
  const name = [job.number, job.occurrence || (job.start === undefined ? '' : iso(job.start))]
    .filter(Boolean)
    .join('@');
  const registeredAt = registrant.createdAt ?? extra?.at ?? 0;
  const at = status === 'cancelled' ? (extra?.at ?? registeredAt) : registeredAt;
  const person: Person = {
    ...NOT_THERE,
    email,
    name: [registrant.firstName, registrant.lastName].filter(Boolean).join(' '),
    status,
    registrant,
  };
  const event: BrevoEvent = {
    name: `zoom_${job.kind}_registered`,
    session: name,
    at: registeredAt === 0 ? undefined : registeredAt,
    properties: present({ ...sessionProperties(session), registration_source: registrant.source }),
  };
  return {
    person,
    session,
    name,
    place: { at: Math.min(at, job.start ?? at), session: name, number: job.number, status },
    events: status === 'registered' && config.events.has('registered') ? [event] : [],
    eventsOnly: false,
  };
};

/** The event about the host's beginning or end, or about somebody's coming. */
export const momentTask = (job: Job, extra: Extra, email: string): Task => {
  const session = sessionOf(job, extra);
  const { verb = 'started', name = '' } = extra.moment ?? {};
  const event = {
    name: `zoom_${job.kind}_${verb}`,
    session: job.uuid,
    at: extra.at,
    properties: sessionProperties(session),
  };
  const person: Person = { ...NOT_THERE, email, name, status: 'attended', registrant: undefined };
  return eventTask(person, session, event);
};
