import type { SyncConfig } from '../config/config.ts';
import type { Person } from '../people/person.ts';
import type { Session } from '../sessions/session.ts';

/** The lists that somebody belongs in by this session. Nobody is ever taken off one. */
export const listsOf = (
  { status, registrant }: Pick<Person, 'status' | 'registrant'>,
  { kind }: Pick<Session, 'kind'>,
  { lists }: Pick<SyncConfig, 'lists'>,
): readonly number[] => {
  if (status === 'cancelled') return [];
  const attended = kind === 'webinar' ? lists.webinarAttendees : lists.meetingParticipants;
  const wanted = [
    ...(status === 'attended' ? [attended] : []),
    ...(kind === 'webinar' && (registrant !== undefined || status !== 'attended') ? [lists.webinarRegistrants] : []),
  ];
  return [...new Set(wanted.filter((id) => id !== undefined))];
};
