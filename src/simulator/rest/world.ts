import { typeOf } from '../sent.ts';

/** A session as the stories told it. Instants are ISO 8601, as Zoom sends them. */
export type ToldSession = {
  readonly kind: 'meeting' | 'webinar';
  readonly id: string;
  readonly uuid: string;
  topic: string;
  hostId: string;
  hostEmail: string;
  timezone: string;
  type: number;
  start: string;
  end: string;
  readonly rows: ToldRow[];
  recording: Readonly<Record<string, unknown>> | undefined;
};

export type ToldRow = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly registrantId: string;
  readonly join: string;
  leave: string;
};

export type ToldRegistrant = Readonly<Record<string, unknown>> & { readonly id: string; readonly email: string };

/** What the events that were sent have told so far: the look-ups answer from it. */
export type World = {
  /** Takes the text of an event. */
  tell(text: string): void;
  /** By uuid, in the order of their beginnings; only the latest ones. */
  readonly sessions: Map<string, ToldSession>;
  /** By kind and number, then by address, with their status. */
  readonly registrants: Map<string, Map<string, ToldRegistrant & { readonly status: string }>>;
};

/** Stories go on without end; of so many sessions and numbers something is known. */
const REMEMBERED = 500;

const TYPE = /^(meeting|webinar)\.(started|ended|participant_joined|participant_left|registration_\w+)$/;

const WEBINAR_TYPES: ReadonlySet<number> = new Set([5, 6, 9]);

type Fields = Readonly<Record<string, unknown>>;

const text = (fields: Fields | undefined, key: string): string => {
  const value = fields?.[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const fields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;

export const createWorld = (): World => {
  const sessions = new Map<string, ToldSession>();
  const registrants: World['registrants'] = new Map();
  const remember = <T>(map: Map<string, T>, key: string, value: T): T => {
    map.set(key, value);
    const [oldest] = map.keys();
    if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
    return value;
  };
  const sessionOf = (kind: 'meeting' | 'webinar', object: Fields): ToldSession => {
    const uuid = text(object, 'uuid');
    const known = sessions.get(uuid);
    if (known !== undefined) return known;
    const type = Number(text(object, 'type')) || (kind === 'webinar' ? 5 : 2);
    const about = { topic: text(object, 'topic'), hostId: text(object, 'host_id'), timezone: text(object, 'timezone') };
    const times = { start: text(object, 'start_time'), end: '' };
    const session = {
      kind,
      id: text(object, 'id'),
      uuid,
      ...about,
      hostEmail: '',
      type,
      ...times,
      rows: [],
      recording: undefined,
    };
    return remember(sessions, uuid, session);
  };
  const come = (session: ToldSession, person: Fields): void => {
    const row = {
      userId: text(person, 'participant_user_id') || text(person, 'id'),
      name: text(person, 'user_name'),
      email: text(person, 'email'),
      registrantId: text(person, 'registrant_id'),
      join: text(person, 'join_time'),
      leave: '',
    };
    if (row.userId !== '' && row.userId === session.hostId) session.hostEmail = row.email;
    session.rows.push(row);
  };
  const go = (session: ToldSession, person: Fields): void => {
    const email = text(person, 'email');
    const name = text(person, 'user_name');
    const row = session.rows.findLast((each) => each.leave === '' && each.email === email && each.name === name);
    if (row !== undefined) row.leave = text(person, 'leave_time');
  };
  const register = (kind: string, verb: string, object: Fields): void => {
    const person = fields(object.registrant);
    const email = text(person, 'email').toLowerCase();
    if (person === undefined || email === '') return;
    const key = `${kind} ${text(object, 'id')}`;
    const people = registrants.get(key) ?? remember(registrants, key, new Map());
    const status = verb === 'created' ? text(person, 'status') || 'approved' : verb;
    if (status === 'cancelled') people.delete(email);
    else people.set(email, { ...people.get(email), ...person, id: text(person, 'id'), email, status });
  };

  return {
    sessions,
    registrants,
    tell(event) {
      const type = typeOf(event);
      const [, kind, verb = ''] = TYPE.exec(type) ?? [];
      if (kind === undefined && type !== 'recording.completed') return;
      const object = fields(fields(fields(JSON.parse(event))?.payload)?.object);
      if (object === undefined) return;
      if (kind === undefined) {
        const isWebinar = WEBINAR_TYPES.has(Number(text(object, 'type')));
        sessionOf(isWebinar ? 'webinar' : 'meeting', object).recording = object;
        return;
      }
      if (verb.startsWith('registration_')) return register(kind, verb.slice('registration_'.length), object);
      const session = sessionOf(kind as 'meeting', object);
      const person = fields(object.participant);
      if (verb === 'participant_joined' && person !== undefined) come(session, person);
      if (verb === 'participant_left' && person !== undefined) go(session, person);
      if (verb === 'started') session.start = text(object, 'start_time') || session.start;
      if (verb === 'ended') session.end = text(object, 'end_time') || session.start;
    },
  };
};
