import { MESSAGE } from './codes.ts';
import type { Fact } from './fact.ts';
import { instantOf } from './instant.ts';
import { languageName } from './languages.ts';
import { type Fields, fieldsOf, type Message, textOf } from './message.ts';

/**
 * Reads messages 14 to 18: what was said, seen or written. `cut` holds the bytes of a large one; `now` stands where a
 * message names no time. Undefined for what is none of these, or holds nothing.
 */
export const readData = ({ type, fields }: Message, cut: Buffer | undefined, now: number): Fact | undefined => {
  // Seen with old clients: `content` itself is the base64.
  const content = typeof fields.content === 'string' ? { data: fields.content } : fieldsOf(fields.content);
  switch (type) {
    case MESSAGE.audio:
    case MESSAGE.video:
    case MESSAGE.share: {
      const data = cut ?? (typeof content.data === 'string' ? Buffer.from(content.data, 'base64') : undefined);
      if (data === undefined || data.length === 0) return undefined;
      const userId = textOf(content.user_id) ?? '';
      const shared = { at: instantOf(content.timestamp) ?? now, userName: textOf(content.user_name), data };
      if (type !== MESSAGE.audio) {
        return { kind: 'picture', media: type === MESSAGE.video ? 'video' : 'share', userId, ...shared };
      }
      const channelId = textOf(content.channel_id);
      // Zoom's mix belongs to nobody: user 0, or -1 through the SDK.
      const isMix = userId === '0' || userId === '-1';
      return { kind: 'audio', userId: isMix ? '' : userId, channelId, ...shared };
    }
    case MESSAGE.transcript:
      return readTranscript(content);
    case MESSAGE.chat:
      return readChat(content);
    default:
      return undefined;
  }
};

const ATTRIBUTES = ['none', 'new', 'update', 'delete'] as const;

const readTranscript = (content: Fields): Fact => {
  const at = instantOf(content.timestamp);
  const start = instantOf(content.start_time) ?? at;
  const end = instantOf(content.end_time);
  const attribute = typeof content.attribute === 'string' ? content.attribute.toLowerCase() : Number(content.attribute);
  const languageId = languageOf(content);
  const fields = {
    ...personOf(content),
    text: typeof content.data === 'string' ? content.data : '',
    start_time: start === undefined ? undefined : new Date(start).toISOString(),
    end_time: end === undefined ? undefined : new Date(end).toISOString(),
    offset_ms: undefined,
    language: textOf(content.language_name) ?? languageNameOf(content.language) ?? nameOf(languageId),
    language_id: languageId,
    attribute: typeof attribute === 'string' ? attribute : ATTRIBUTES[attribute],
    sentence_id: content.sentence_id,
  };
  return { kind: 'event', name: 'transcript', at: at ?? start, since: start, fields };
};

const languageOf = ({ language_id, language }: Fields): number | undefined => {
  const given = language_id ?? language;
  const id = typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given;
  return typeof id === 'number' && Number.isInteger(id) ? id : undefined;
};

const nameOf = (id: number | undefined): string | undefined => (id === undefined ? undefined : languageName(id));

const languageNameOf = (language: unknown): string | undefined =>
  typeof language === 'string' && !/^-?\d*$/.test(language) ? language : undefined;

const OPERATIONS = [undefined, 'new', 'delete', 'update', 'add_emoji', 'remove_emoji'] as const;

const readChat = (content: Fields): Fact => {
  const at = instantOf(content.timestamp);
  const {
    timestamp: _at,
    data,
    user_id: _id,
    user_name: _name,
    channel_id: _channel,
    operation_type,
    ...rest
  } = content;
  const { sender } = content;
  const operation = typeof operation_type === 'number' ? OPERATIONS[operation_type] : operation_type;
  const fields = {
    ...personOf({ ...fieldsOf(sender), ...content }),
    text: chatText(data),
    offset_ms: undefined,
    operation,
    ...rest,
  };
  return { kind: 'event', name: 'chat', at, since: at, fields };
};

/** The words of a chat message, which is plain text or a JSON string that may hold an object with them. */
const chatText = (data: unknown): string => {
  if (typeof data !== 'string') return textOf(fieldsOf(data).text) ?? textOf(fieldsOf(data).message) ?? '';
  if (!/^\s*["{]/.test(data)) return data;
  try {
    const inner: unknown = JSON.parse(data);
    if (typeof inner === 'string') return inner;
    const { text, message, content } = fieldsOf(inner);
    return ([text, message, content].find((one) => typeof one === 'string') as string | undefined) ?? data;
  } catch {
    return data;
  }
};

/** Who it is: ids as text, and only what is there. */
export const personOf = (fields: Fields): Fields => ({
  user_id: textOf(fields.user_id),
  user_name: textOf(fields.user_name) ?? textOf(fields.display_name),
  channel_id: textOf(fields.channel_id),
});
