import type { EventType } from '../../catalogue/index.ts';

/** How events of our own making behave; a person who lists them cannot know it from Zoom. */
export const OWN_BEHAVIOUR = `zoom-ws makes these itself, of what happened to connections. They are in
every recording, and on stdout with --lifecycle. They are never filtered, never
checked for repeats, and not counted: not by -n, _meta.seq or stats.`;

/** The product under which they are listed. */
export const OWN_PRODUCT = 'zoom-ws';

export type OwnType = EventType & {
  /** When it comes. */
  readonly means: string;
  /** `payload.object` of the sample. */
  readonly object: Readonly<Record<string, string | number>>;
};

const own = (name: string, means: string, object: OwnType['object']): OwnType => ({
  name: `zoom_ws.${name}`,
  product: OWN_PRODUCT,
  means,
  object,
  fields: Object.fromEntries(Object.entries(object).map(([key, value]) => [`payload.object.${key}`, typeof value])),
});

const SUBSCRIPTION = 'pPgKNVh5R0CtvA2cL3xZ0Q';
const FROM = '2026-01-15T10:29:57.800Z';
const TO = '2026-01-15T10:30:00.000Z';

/** Every type of our own, in alphabetical order. A test compares them with what the program emits. */
export const OWN_TYPES: readonly OwnType[] = [
  own('connected', 'Zoom accepted a connection: events arrive from here on', { subscription: SUBSCRIPTION }),
  own('disconnected', 'a connection that had been accepted was lost', {
    ...{ subscription: SUBSCRIPTION, code: 1006, reason: 'the network went away' },
  }),
  own('displaced', 'another client connected to the same subscription', {
    ...{ subscription: SUBSCRIPTION, reason: 'another client connected' },
  }),
  own('forward_down', 'the handler that events are forwarded to cannot be reached', { error: 'ECONNREFUSED' }),
  own('forward_failed', 'an event was given up: the handler did not take it', {
    ...{ id: '0b1f6f0e3a5d4c7f', status: 503, attempts: 3 },
  }),
  own('forward_up', 'the handler can be reached again', {}),
  own('gap', 'no connection was live in this time: what happened then is lost', {
    ...{ from: FROM, to: TO, duration_ms: 2200, reason: 'the network went away' },
  }),
  own('malformed', 'a frame that is no event, with its text', {
    ...{ why: 'not JSON', frame: '{"module":', subscription: SUBSCRIPTION },
  }),
  own('rtms_gap', 'media of a stream are missing in this time', {
    ...{ meeting_uuid: '4KmX2FQvS0mV3u0nq1Yh9Q==', rtms_stream_id: '0b1f6f0e3a5d4c7f' },
    ...{ media: 'transcript', from: FROM, to: TO, duration_ms: 2200, reason: 'the stream was interrupted' },
  }),
];

/** The own type of this name, if it is one. */
export const ownType = (name: string): OwnType | undefined => OWN_TYPES.find((type) => type.name === name);
