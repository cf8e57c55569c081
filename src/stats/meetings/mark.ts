import type { Delivery } from '../../event/arrival.ts';
import type { EpochMs } from '../../time/clock.ts';

/** Who came or went, as far as Zoom says; empty where it does not. */
export type Participant = {
  readonly name: string;
  readonly email: string;
  /** The Zoom user's id; guests have none. */
  readonly id: string;
  /** Of this one stay in this meeting. */
  readonly userId: string;
  readonly uuid: string;
  readonly registrantId: string;
  readonly customerKey: string;
  readonly phone: string;
};

/** One thing that an event tells of a meeting. */
export type Mark = {
  readonly kind: 'started' | 'ended' | 'joined' | 'left';
  readonly at: EpochMs;
  readonly meetingId: string;
  readonly uuid: string;
  readonly topic: string;
  readonly hostId: string;
  /** Undefined for `started` and `ended`. */
  readonly participant: Participant | undefined;
};

/** Moves to breakout rooms and out of waiting rooms are no comings and goings. */
const KINDS = { started: 'started', ended: 'ended', participant_joined: 'joined', participant_left: 'left' } as const;
const TYPE = /^(?:meeting|webinar)\.(started|ended|participant_joined|participant_left)$/;

/** Which field holds the time of each kind; `event_ts` is when Zoom sent the event. */
const TIME_FIELDS = { started: 'start_time', ended: 'end_time', joined: 'join_time', left: 'leave_time' } as const;

/** What an event tells of a meeting; undefined if nothing, or not of which meeting or when. */
export const markOf = ({ type, raw, receivedAt }: Delivery): Mark | undefined => {
  const kind = KINDS[TYPE.exec(type)?.[1] as keyof typeof KINDS];
  if (kind === undefined) return undefined;
  const event = JSON.parse(raw) as unknown;
  const object = fieldOf(fieldOf(event, 'payload'), 'object');
  const person = kind === 'joined' || kind === 'left' ? fieldOf(object, 'participant') : undefined;
  const ts = fieldOf(event, 'event_ts');
  const told = Date.parse(textOf(person ?? object, TIME_FIELDS[kind]));
  const at = [told, ts, receivedAt].find((time) => typeof time === 'number' && isDate(time)) as EpochMs | undefined;
  const meetingId = textOf(object, 'id');
  const uuid = textOf(object, 'uuid');
  if (at === undefined || (meetingId === '' && uuid === '')) return undefined;
  const participant = person === undefined ? undefined : participantOf(person);
  return { kind, at, meetingId, uuid, topic: textOf(object, 'topic'), hostId: textOf(object, 'host_id'), participant };
};

const participantOf = (person: unknown): Participant => ({
  name: textOf(person, 'user_name'),
  email: textOf(person, 'email'),
  id: textOf(person, 'participant_user_id') || textOf(person, 'id'),
  userId: textOf(person, 'user_id'),
  uuid: textOf(person, 'participant_uuid'),
  registrantId: textOf(person, 'registrant_id'),
  customerKey: textOf(person, 'customer_key'),
  phone: textOf(person, 'phone_number'),
});

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

const textOf = (value: unknown, key: string): string => {
  const field = fieldOf(value, key);
  return typeof field === 'string' || typeof field === 'number' ? String(field).trim() : '';
};

const isDate = (at: number): boolean => !Number.isNaN(new Date(at).getTime());
