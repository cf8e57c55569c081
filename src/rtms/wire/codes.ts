/** Zoom's numbers for messages (`msg_type`) [Zoom's RTMS data types]. */
export const MESSAGE = {
  signalRequest: 1,
  signalResponse: 2,
  mediaRequest: 3,
  mediaResponse: 4,
  subscribe: 5,
  event: 6,
  clientReady: 7,
  streamState: 8,
  sessionState: 9,
  keepAlive: 12,
  keepAliveAnswer: 13,
  audio: 14,
  video: 15,
  share: 16,
  transcript: 17,
  chat: 18,
  closeRequest: 21,
  closeResponse: 22,
  videoRequest: 28,
  videoResponse: 29,
} as const;

/** The kinds of media, in the order in which they are asked for. */
export const MEDIA = ['audio', 'video', 'share', 'transcript', 'chat'] as const;
export type Media = (typeof MEDIA)[number];

/** `media_type`: one bit each; 32 is "all", which is no sum. */
export const MEDIA_BITS: Readonly<Record<Media, number>> = { audio: 1, video: 2, share: 4, transcript: 8, chat: 16 };
export const ALL_MEDIA = 32;

/** The key of each kind in `media_params` and in the addresses of message 2. */
export const MEDIA_KEYS: Readonly<Record<Media, string>> = {
  audio: 'audio',
  video: 'video',
  share: 'deskshare',
  transcript: 'transcript',
  chat: 'chat',
};

/** Stop reasons by number, without their prefix `STOP_BC_`. */
export const STOP_REASONS: readonly string[] = [
  ...['UNDEFINED', 'HOST_TRIGGERED', 'USER_TRIGGERED', 'USER_LEFT', 'USER_EJECTED', 'HOST_DISABLED_APP'],
  ...['MEETING_ENDED', 'STREAM_CANCELED', 'STREAM_REVOKED', 'ALL_APPS_DISABLED', 'INTERNAL_EXCEPTION'],
  ...['CONNECTION_TIMEOUT', 'INSTANCE_CONNECTION_INTERRUPTED', 'SIGNAL_CONNECTION_INTERRUPTED'],
  ...['DATA_CONNECTION_INTERRUPTED', 'SIGNAL_CONNECTION_CLOSED_ABNORMALLY', 'DATA_CONNECTION_CLOSED_ABNORMALLY'],
  ...['EXIT_SIGNAL', 'AUTHENTICATION_FAILURE', 'AWAIT_RECONNECTION_TIMEOUT', 'RECEIVER_REQUEST_CLOSE'],
  ...['CUSTOMER_DISCONNECTED', 'AGENT_DISCONNECTED', 'ADMIN_DISABLED_APP', 'KEEP_ALIVE_TIMEOUT'],
  ...['MANUAL_API_TRIGGERED', 'STREAMING_NOT_SUPPORTED'],
];

/** Everything saved must be deleted. */
export const REVOKED = 8;
/** The answer to our own request to close. */
export const CLOSED_BY_US = 20;
/** Only the media connection is lost; the stream goes on. */
export const MEDIA_INTERRUPTED = 14;

/** A stop reason given as a number, as digits or by name (`STOP_BC_STREAM_REVOKED`); undefined for anything else. */
export const stopReasonOf = (value: unknown): number | undefined => {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,4}$/.test(value)) return Number(value);
  const at = STOP_REASONS.indexOf(value.replace(/^STOP_BC_/i, '').toUpperCase());
  return at < 0 ? undefined : at;
};

/** `meeting_ended`: a stop reason's name as events show it. */
export const stopReasonName = (reason: number): string => (STOP_REASONS[reason] ?? `reason_${reason}`).toLowerCase();

/** Zoom's word for a technical end, after which only a new start helps [Zoom, "Failover and reconnection"]. */
export const isTechnicalEnd = (reason: number): boolean => (reason >= 10 && reason <= 19) || reason === 24;

/** Status codes of messages 2, 4, 22 and 29, by number. */
export const STATUS_CODES: readonly string[] = [
  ...['OK', 'invalid message type', 'invalid rtms_stream_id', 'invalid signature', 'invalid payload'],
  ...['invalid events', 'invalid event type', 'invalid media type', 'duplicate signal request'],
  ...['audio not supported', 'video not supported', 'screen share not supported', 'transcript not supported'],
  ...['chat not supported', 'media type value invalid', 'a connection for all media exists'],
  ...['duplicate media connection', 'media params invalid', 'audio params invalid', 'audio content_type invalid'],
  ...['audio sample_rate invalid', 'audio channel invalid', 'audio codec invalid', 'audio data_opt invalid'],
  ...['audio send_rate invalid', 'video params invalid', 'video content_type invalid', 'video codec invalid'],
  ...['video resolution invalid', 'video data_opt invalid', 'video fps invalid', 'screen share params invalid'],
  ...['screen share content_type invalid', 'screen share codec invalid', 'screen share resolution invalid'],
  ...['screen share fps invalid', 'transcript params invalid', 'transcript content_type invalid'],
  ...['chat params invalid', 'chat content_type invalid', 'invalid rtms_session_id', 'invalid client ready ack'],
  ...['invalid event subscription', 'transcript source language invalid', 'duplicate video subscription'],
  ...['internal exception', 'transcript target language invalid', 'chat session key not available'],
];
