/** What one line of captions says. */
export type Caption = {
  readonly at: number | undefined;
  readonly streamId: string | undefined;
  /** Undefined for what nobody said. */
  readonly speaker: string | undefined;
  readonly speakerId: string | undefined;
  readonly isRevised: boolean;
  readonly text: string;
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const textIn = (fields: Fields, key: string): string | undefined => {
  const value = fields[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** Reads an event's JSON text; an event of no kind that has a line of its own shows its type. */
export const captionOf = (raw: string, receivedAt: number | undefined): Caption => {
  const { event, event_ts, payload } = fieldsOf(JSON.parse(raw));
  const object = fieldsOf(fieldsOf(payload).object);
  const type = typeof event === 'string' ? event : '';
  const name = type.replace(/^rtms_stream\./, '');
  const said = name === 'transcript' || name === 'chat';
  const who = textIn(object, 'user_name') ?? textIn(object, 'user_id');
  const attribute = textIn(object, 'attribute') ?? textIn(object, 'operation');
  return {
    at: typeof event_ts === 'number' ? event_ts : receivedAt,
    streamId: textIn(object, 'rtms_stream_id'),
    speaker: said ? (who ?? textIn(object, 'channel_id') ?? 'somebody') : undefined,
    speakerId: said ? (textIn(object, 'user_id') ?? who) : undefined,
    isRevised: said && (attribute === 'update' || attribute === 'delete'),
    text: said ? saidText(name, object, attribute) : sentence(name, type, object, who ?? 'somebody'),
  };
};

const saidText = (name: string, object: Fields, attribute: string | undefined): string => {
  const text = textIn(object, 'text') ?? '';
  if (attribute === 'delete') return text === '' ? '(withdrawn)' : `(withdrawn) ${text}`;
  return name === 'chat' ? `(chat) ${text}` : text;
};

const sentence = (name: string, type: string, object: Fields, who: string): string => {
  switch (name) {
    case 'participant_joined':
      return `${who} joined`;
    case 'participant_left':
      return `${who} left`;
    case 'speaker_changed':
      return `${who} is speaking`;
    case 'sharing_started':
      return `${who} began to share the screen`;
    case 'sharing_stopped':
      return 'the screen is no longer shared';
    case 'video_on':
      return `${who} turned the camera on`;
    case 'video_off':
      return `${who} turned the camera off`;
    case 'call_event':
      return `call: ${(textIn(object, 'name') ?? '').replaceAll('_', ' ')}`;
    case 'chat_group':
      return `chat group: ${(textIn(object, 'operation') ?? '').replaceAll('_', ' ')}`;
    case 'session':
      return `the session was ${textIn(object, 'state') ?? 'changed'}`;
    case 'started':
      return `the stream of ${textIn(object, 'product') ?? 'a meeting'} ${textIn(object, 'meeting_number') ?? ''} began`.replace(
        / +/g,
        ' ',
      );
    case 'ended': {
      const why = textIn(object, 'stop_reason_name') ?? textIn(object, 'error');
      return `the stream ended${why === undefined ? '' : ` (${why.replaceAll('_', ' ')})`}`;
    }
    case 'unknown':
      return `a message that is not known: ${JSON.stringify(object.message ?? {}).slice(0, 200)}`;
    default:
      return [type, textIn(object, 'media'), textIn(object, 'reason')].filter(Boolean).join(' ');
  }
};
