import type { Simulator } from '../../src/simulator/index.ts';

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const MINUTE = 60_000;

/** One webinar with whoever registered and came, as Zoom's events tell it. */
export type Webinar = {
  readonly uuid: string;
  readonly number: string;
  readonly start: number;
  readonly end: number;
  readonly events: readonly object[];
};

export type WebinarPlan = {
  readonly uuid?: string;
  readonly number?: string;
  /** Addresses of those who registered; those in `came` came. */
  readonly registered?: readonly string[];
  readonly came?: readonly string[];
  /** How many guests without an address came. */
  readonly guests?: number;
  /** When it ended, in milliseconds before now. */
  readonly endedAgoMs?: number;
  readonly withRecording?: boolean;
  /** The answers that everybody gave when they registered. */
  readonly questions?: readonly { readonly title: string; readonly value: string }[];
};

/** An hour's webinar. Whoever came joined a minute after the one before, and stayed to the end. */
export const webinar = (plan: WebinarPlan = {}): Webinar => {
  const { registered = [], came = [], guests = 0, questions = [] } = plan;
  const end = Math.floor((Date.now() - (plan.endedAgoMs ?? 10 * MINUTE)) / 1000) * 1000;
  const start = end - 60 * MINUTE;
  const number = plan.number ?? '94498220792';
  const uuid = plan.uuid ?? 'abcDEF0123456789ghijkl==';
  const about = {
    uuid,
    id: number,
    host_id: 'host',
    topic: 'Launch',
    type: 5,
    start_time: iso(start),
    timezone: 'UTC',
  };
  const event = (type: string, object: object, at: number) => ({
    event: type,
    event_ts: at,
    payload: { account_id: 'account', object: { ...about, ...object } },
  });
  const person = (email: string, index: number) => ({
    id: `user-${index}`,
    user_id: String(1000 + index),
    participant_uuid: `stay-${index}`,
    user_name: `Person ${index}`,
    email,
    registrant_id: registered.includes(email) ? `registrant-${email}` : '',
  });
  const people = [...came, ...Array.from({ length: guests }, () => '')].map(person);
  return {
    uuid,
    number,
    start,
    end,
    events: [
      ...registered.map((email, index) =>
        event(
          'webinar.registration_created',
          {
            id: Number(number),
            registrant: {
              id: `registrant-${email}`,
              email,
              first_name: `First${index}`,
              last_name: `Last${index}`,
              status: 'approved',
              create_time: iso(start - 24 * 60 * MINUTE),
              tracking_source: { id: 'source-1', source_name: 'Newsletter', tracking_url: 'https://example.com' },
              custom_questions: questions,
            },
          },
          start - 24 * 60 * MINUTE,
        ),
      ),
      event('webinar.started', {}, start),
      ...people.map((participant, index) =>
        event(
          'webinar.participant_joined',
          { participant: { ...participant, join_time: iso(start + index * MINUTE) } },
          start + index * MINUTE,
        ),
      ),
      ...people.map((participant) =>
        event('webinar.participant_left', { participant: { ...participant, leave_time: iso(end) } }, end),
      ),
      event('webinar.ended', { end_time: iso(end) }, end),
      ...(plan.withRecording === true
        ? [event('recording.completed', { share_url: 'https://zoom.us/rec/share/x', password: 'pass' }, end + MINUTE)]
        : []),
    ],
  };
};

/** Lets the simulator know of what happened; its look-ups tell of it from then on. */
export const happen = (zoom: Pick<Simulator, 'send'>, { events }: Webinar): void => {
  zoom.send(events);
};

export const linesOf = ({ events }: Webinar): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
