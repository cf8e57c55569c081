import type { Delivery } from '../../event/arrival.ts';
import type { EpochMs } from '../../time/clock.ts';
import type { Registrant } from '../people/stay.ts';
import { fieldOf, instantOf, textOf } from './json-fields.ts';

/** What an event tells that matters here. */
export type SyncEvent = {
  readonly verb:
    | 'started'
    | 'ended'
    | 'joined'
    | 'left'
    | 'registered'
    | 'pending'
    | 'cancelled'
    | 'denied'
    | 'recording';
  readonly kind: 'meeting' | 'webinar';
  readonly number: string;
  readonly uuid: string;
  readonly occurrence: string;
  readonly topic: string;
  readonly timezone: string | undefined;
  readonly start: EpochMs | undefined;
  readonly end: EpochMs | undefined;
  readonly at: EpochMs;
  readonly hostEmail: string;
  readonly registrant: Registrant | undefined;
  readonly participant: { readonly email: string; readonly name: string; readonly registrantId: string } | undefined;
  readonly recording: { readonly shareUrl: string; readonly passcode: string } | undefined;
};

const VERBS: Readonly<Record<string, SyncEvent['verb']>> = {
  started: 'started',
  ended: 'ended',
  participant_joined: 'joined',
  participant_left: 'left',
  registration_created: 'registered',
  registration_approved: 'registered',
  registration_cancelled: 'cancelled',
  registration_denied: 'denied',
};

/** Zoom's types of webinars: once, recurring, recurring at a fixed time [Zoom's documentation, webinars]. */
const WEBINAR_TYPES: ReadonlySet<string> = new Set(['5', '6', '9']);

const TYPE = /^(?:(meeting|webinar)\.(\w+)|recording\.completed)$/;

/** Whether events of a type matter here at all; cheap. */
export const matters = (type: string): boolean => {
  const [whole, , word] = TYPE.exec(type) ?? [];
  return whole !== undefined && (word === undefined || VERBS[word] !== undefined);
};

/** Reads an event; undefined if it says nothing about a session, its people or its recording. */
export const readEvent = ({ type, raw, receivedAt }: Delivery, now: EpochMs): SyncEvent | undefined => {
  if (!matters(type)) return undefined;
  const [, family, word = ''] = TYPE.exec(type) ?? [];
  const event: unknown = JSON.parse(raw);
  const object = fieldOf(fieldOf(event, 'payload'), 'object');
  const number = textOf(object, 'id');
  const uuid = textOf(object, 'uuid');
  if (number === '' && uuid === '') return undefined;
  const registration = fieldOf(object, 'registrant');
  const person = fieldOf(object, 'participant');
  const [occurrence] = (fieldOf(object, 'occurrences') as readonly unknown[] | undefined) ?? [];
  const ts = fieldOf(event, 'event_ts');
  const verb = VERBS[word] ?? 'recording';
  const isPending =
    verb === 'registered' && word === 'registration_created' && textOf(registration, 'status') === 'pending';
  return {
    verb: isPending ? 'pending' : verb,
    kind: (family as 'meeting' | undefined) ?? (WEBINAR_TYPES.has(textOf(object, 'type')) ? 'webinar' : 'meeting'),
    number,
    uuid,
    occurrence: textOf(occurrence, 'occurrence_id') || textOf(object, 'occurrence_id'),
    topic: textOf(object, 'topic'),
    timezone: textOf(object, 'timezone') || undefined,
    start: instantOf(occurrence, 'start_time') ?? instantOf(object, 'start_time'),
    end: instantOf(object, 'end_time'),
    at: typeof ts === 'number' && Number.isFinite(ts) ? ts : (receivedAt ?? now),
    hostEmail: textOf(object, 'host_email'),
    registrant: registration === undefined ? undefined : registrantOf(registration),
    participant:
      person === undefined
        ? undefined
        : {
            email: textOf(person, 'email'),
            name: textOf(person, 'user_name'),
            registrantId: textOf(person, 'registrant_id'),
          },
    recording:
      verb === 'recording'
        ? { shareUrl: textOf(object, 'share_url'), passcode: textOf(object, 'password') }
        : undefined,
  };
};

const OWN_FIELDS: ReadonlySet<string> = new Set(['id', 'email', 'first_name', 'last_name', 'status', 'create_time']);

const registrantOf = (person: unknown): Registrant => {
  const questions = fieldOf(person, 'custom_questions');
  return {
    id: textOf(person, 'id'),
    email: textOf(person, 'email'),
    firstName: textOf(person, 'first_name'),
    lastName: textOf(person, 'last_name'),
    createdAt: instantOf(person, 'create_time'),
    source: textOf(fieldOf(person, 'tracking_source'), 'source_name'),
    questions: Object.fromEntries(
      (Array.isArray(questions) ? questions : []).map((each) => [textOf(each, 'title'), textOf(each, 'value')]),
    ),
    fields: Object.fromEntries(
      Object.keys(Object(person))
        .filter((name) => !OWN_FIELDS.has(name) && textOf(person, name) !== '')
        .map((name) => [name, textOf(person, name)]),
    ),
  };
};
