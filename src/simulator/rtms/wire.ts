/** Zoom's numbers of messages [Zoom's RTMS data types]. */
export const MESSAGE = {
  signalRequest: 1,
  signalAnswer: 2,
  mediaRequest: 3,
  mediaAnswer: 4,
  subscribe: 5,
  event: 6,
  clientReady: 7,
  streamState: 8,
  sessionState: 9,
  sessionStateRequest: 10,
  sessionStateAnswer: 11,
  keepAlive: 12,
  keepAliveAnswer: 13,
  audio: 14,
  video: 15,
  deskshare: 16,
  transcript: 17,
  chat: 18,
  streamStateRequest: 19,
  streamStateAnswer: 20,
  closeRequest: 21,
  closeAnswer: 22,
  videoRequest: 28,
  videoAnswer: 29,
} as const;

/** Bits of `media_type`; `ALL_MEDIA` is a value of its own, not their sum. */
export const MEDIA_BITS = { audio: 1, video: 2, deskshare: 4, transcript: 8, chat: 16 } as const;
export const ALL_MEDIA = 32;

export const STREAM_STATE = { active: 1, interrupted: 2, terminated: 4, paused: 5, resumed: 6 } as const;
export const SESSION_STATE = { started: 2, paused: 3, resumed: 4, stopped: 5 } as const;

export const STOP = {
  meetingEnded: 6,
  revoked: 8,
  connectionTimeout: 11,
  dataInterrupted: 14,
  reconnectTimeout: 19,
  receiverClosed: 20,
  keepAliveTimeout: 24,
} as const;

/** What the status codes mean that are answered here, in lower case [Zoom's RTMS data types]. */
const STATUS_WORDS: Readonly<Record<number, string>> = {
  0: 'OK',
  1: 'invalid message type',
  2: 'invalid rtms_stream_id',
  3: 'invalid signature',
  4: 'invalid payload',
  7: 'invalid media type',
  8: 'duplicate signal request',
  9: 'audio not supported',
  10: 'video not supported',
  11: 'deskshare not supported',
  12: 'transcript not supported',
  13: 'chat not supported',
  14: 'media type value invalid',
  15: 'an "all" media connection exists',
  16: 'duplicate media connection',
  17: 'media params invalid',
  18: 'audio params invalid',
  19: 'audio content_type invalid',
  20: 'audio sample_rate invalid',
  21: 'audio channel invalid',
  22: 'audio codec invalid',
  23: 'audio data_opt invalid',
  24: 'audio send_rate invalid',
  25: 'video params invalid',
  26: 'video content_type invalid',
  27: 'video codec invalid',
  28: 'video resolution invalid',
  29: 'video data_opt invalid',
  30: 'video fps invalid',
  31: 'deskshare params invalid',
  32: 'deskshare content_type invalid',
  33: 'deskshare codec invalid',
  34: 'deskshare resolution invalid',
  35: 'deskshare fps invalid',
  36: 'transcript params invalid',
  37: 'transcript content_type invalid',
  38: 'chat params invalid',
  39: 'chat content_type invalid',
  40: 'invalid rtms_session_id',
  41: 'invalid client ready ack',
  42: 'invalid event subscription',
  43: 'transcript source language invalid',
  44: 'duplicate video subscription',
};

export const statusWords = (status: number): string => STATUS_WORDS[status] ?? 'refused';

/** One JSON message. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object that a text holds; undefined for anything else. */
export const readFields = (text: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
