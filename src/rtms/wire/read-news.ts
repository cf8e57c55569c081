import { callEventName } from './call-events.ts';
import { MESSAGE, stopReasonName, stopReasonOf } from './codes.ts';
import type { Fact } from './fact.ts';
import { instantOf } from './instant.ts';
import { type Fields, fieldsOf, type Message, textOf } from './message.ts';
import { personOf } from './read-data.ts';
import type { Product } from './start-event.ts';

/** Events of message 6 that are about people, in meetings, webinars and sessions. */
const PEOPLE_EVENTS: Readonly<Record<number, string>> = {
  2: 'speaker_changed',
  3: 'participant_joined',
  4: 'participant_left',
  5: 'sharing_started',
  6: 'sharing_stopped',
  8: 'video_on',
  9: 'video_off',
};
const CHAT_GROUP_EVENTS: Readonly<Record<number, string>> = {
  10: 'create',
  11: 'delete',
  12: 'members_add',
  13: 'members_delete',
  14: 'member_status_update',
};
const FIRST_PACKET = 1;
const MEDIA_INTERRUPTED = 7;

const SESSION_STATES: Readonly<Record<number, string>> = { 2: 'started', 3: 'paused', 4: 'resumed', 5: 'stopped' };

/** What message 6 says: facts to tell, or that a media connection was interrupted. */
export const readEvent = (message: Message, product: Product): readonly Fact[] | 'media-interrupted' => {
  const event = fieldsOf(message.fields.event ?? message.fields);
  // Phone names its events by `event_code` alone (RTMS V2); 0 is none.
  const code = Number(event.event_type ?? event.event_code);
  const at = instantOf(event.timestamp) ?? instantOf(event.event_ts);
  if (code === FIRST_PACKET) return at === undefined ? [] : [{ kind: 'first-packet', at }];
  if (code === MEDIA_INTERRUPTED) return 'media-interrupted';
  const isCall = product === 'contact_center' || product === 'phone';
  const fact = (name: string, fields: Fields): Fact => ({ kind: 'event', name, at, since: at, fields });
  const call = isCall ? callEventName(code) : undefined;
  if (call !== undefined) {
    const info = fieldsOf(event.participant_info ?? event.paticipant_info);
    const { user_id: _id, user_name: _name, display_name: _shown, channel_id: _channel, ...rest } = info;
    return [fact('call_event', { ...personOf(info), name: call, code, ...rest })];
  }
  const name = PEOPLE_EVENTS[code];
  if (name !== undefined) {
    const people = Array.isArray(event.participants) ? event.participants : [event];
    return people.map((one) => fact(name, personOf(fieldsOf(one))));
  }
  const group = CHAT_GROUP_EVENTS[code];
  if (group !== undefined) {
    const { event_type: _type, event_code: _code, timestamp: _at, event_ts: _ts, ...rest } = event;
    return [fact('chat_group', { operation: group, ...rest })];
  }
  return [fact('unknown', { message: message.fields })];
};

/** Message 9 as an event; undefined for a state that says nothing new. */
export const readSessionState = ({ fields }: Message): (Fact & { readonly kind: 'event' }) | undefined => {
  const state = SESSION_STATES[Number(fields.state)];
  const at = instantOf(fields.timestamp);
  if (state === undefined) return undefined;
  const reason = stopReasonOf(fields.stop_reason ?? fields.reason);
  const stopped = state === 'stopped' && reason !== undefined;
  return {
    kind: 'event',
    name: 'session',
    at,
    since: at,
    fields: {
      state,
      rtms_session_id: textOf(fields.rtms_session_id),
      stop_reason: stopped ? reason : undefined,
      stop_reason_name: stopped ? stopReasonName(reason) : undefined,
    },
  };
};

/** Stream states of message 8. */
export const STREAM_STATE = { interrupted: 2, terminating: 3, terminated: 4, paused: 5, resumed: 6 } as const;

const HANDLED: ReadonlySet<number> = new Set(Object.values(MESSAGE));
/** Numbers that Zoom reserves for metadata, without a content that is documented. */
const RESERVED = { from: 10, to: 29 } as const;

/** Whether a message is one that nobody knows, to be told as `unknown`. */
export const isUnknown = (type: number): boolean =>
  !HANDLED.has(type) && !(type >= RESERVED.from && type <= RESERVED.to);
