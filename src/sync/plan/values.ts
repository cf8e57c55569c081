import type { EpochMs } from '../../time/clock.ts';
import type { SyncConfig } from '../config/config.ts';
import { kindOfSource, questionIn } from '../config/sources.ts';
import type { Person } from '../people/person.ts';
import type { Session } from '../sessions/session.ts';

export type Value = string | number;

/** The type of each attribute that the account has, by name. */
export type AttributeTypes = ReadonlyMap<string, string>;

/** What the mapping makes of a person: attribute → value. A field without a value is left out. */
export const valuesOf = (
  person: Person,
  session: Session,
  { mapping, timezone }: Pick<SyncConfig, 'mapping' | 'timezone'>,
  types: AttributeTypes,
): Readonly<Record<string, Value>> => {
  const zone = timezone === 'meeting' ? (session.timezone ?? 'UTC') : timezone;
  const values: Record<string, Value> = {};
  for (const { source, attribute } of mapping) {
    const value = valueFrom(source, person, session);
    if (value === undefined || value === '') continue;
    if (kindOfSource(source) !== 'time') values[attribute] = value;
    else values[attribute] = types.get(attribute) === 'date' ? dayIn(zone, Number(value)) : iso(Number(value));
  }
  return values;
};

const valueFrom = (source: string, person: Person, session: Session): Value | undefined => {
  const { registrant, join, leave, minutes, percent, status } = person;
  const question = questionIn(source);
  if (question !== undefined) return registrant?.questions[question];
  switch (source) {
    case 'name':
      return person.name;
    case 'first_name':
      return registrant?.firstName || person.name.split(/\s+/)[0];
    case 'last_name':
      return registrant?.lastName || person.name.split(/\s+/).slice(1).join(' ');
    case 'join_time':
      return join;
    case 'leave_time':
      return leave;
    case 'duration':
      return minutes;
    case 'attendance_percent':
      return percent;
    case 'meeting_title':
      return session.kind === 'meeting' ? session.topic : undefined;
    case 'webinar_title':
      return session.kind === 'webinar' ? session.topic : undefined;
    case 'meeting_id':
      return session.id;
    case 'session_uuid':
      return session.uuid;
    case 'attendance_status':
      return status;
    case 'registration_source':
      return registrant?.source;
    case 'registration_time':
      return registrant?.createdAt;
    default:
      return registrant?.fields[source];
  }
};

/** The exact instant, as events and text attributes carry it. */
export const iso = (at: EpochMs): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** The day of an instant in a zone, as Brevo's dates want it: YYYY-MM-DD. */
export const dayIn = (zone: string, at: EpochMs): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
