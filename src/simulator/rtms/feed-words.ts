import type { Fed } from './feed-audio.ts';
import type { Params } from './media-params.ts';
import type { Happening, Sentence } from './script.ts';
import { type Stream, stamp } from './stream.ts';
import { type Fields, MESSAGE } from './wire.ts';

/** The text of a sentence comes this long after its last word. */
const RECOGNISED_AFTER_MS = 150;
/** What a sentence is at first, where it is revised: this much of it. */
const FIRST_PART = 0.6;
/** Where sentences are revised, one in this many is taken back. */
const DELETED_ONE_IN = 5;

const ATTRIBUTE = { new: 1, update: 2, delete: 3 } as const;

/** The sentences whose time has come between two moments, with their revisions. */
export const feedTranscript = (stream: Stream, params: Params, from: number, to: number): Fed => {
  const { script, habits } = stream;
  const revises = habits.has('revise') && params.enable_lid !== false;
  const messages: Fields[] = [];
  const isDue = (at: number) => Math.min(at, script.lengthMs) > from && Math.min(at, script.lengthMs) <= to;
  for (const sentence of script.sentences) {
    const { from: begin, to: end, text } = sentence;
    if (begin > to) break;
    const middle = begin + (end - begin) * FIRST_PART;
    if (revises && isDue(middle)) {
      const part = text.slice(0, Math.ceil(text.length * FIRST_PART));
      messages.push(said(stream, params, sentence, part, middle, ATTRIBUTE.new));
    }
    if (!isDue(end + RECOGNISED_AFTER_MS)) continue;
    const isDeleted = revises && sentence.id % DELETED_ONE_IN === 0;
    const attribute = isDeleted ? ATTRIBUTE.delete : revises ? ATTRIBUTE.update : ATTRIBUTE.new;
    messages.push(said(stream, params, sentence, isDeleted ? '' : text, end, attribute));
  }
  return { messages, upTo: to };
};

const said = (
  stream: Stream,
  { src_language, enable_lid }: Params,
  { id, speaker, from }: Sentence,
  data: string,
  to: number,
  attribute: number,
): Fields => {
  const person = stream.script.people[speaker];
  return {
    msg_type: MESSAGE.transcript,
    content: {
      user_id: person?.userId,
      user_name: person?.name,
      ...(stream.facts.isCall && { channel_id: person?.channelId }),
      start_time: stamp(stream, from),
      end_time: stamp(stream, to),
      timestamp: stamp(stream, to),
      language: src_language,
      // Without identification of the language there are no revisions, and no ids for them.
      ...(enable_lid !== false && { attribute, sentence_id: id }),
      data,
    },
  };
};

/** Chat messages whose time has come between two moments. */
export const feedChat = (stream: Stream, _params: Params, from: number, to: number): Fed => {
  const { script } = stream;
  const messages = script.chat
    .filter(({ at }) => at > from && at <= to)
    .map(({ at, by, text, id, isEdit }) => {
      const sender = { user_id: script.people[by]?.userId, user_name: script.people[by]?.name };
      return {
        msg_type: MESSAGE.chat,
        content: {
          timestamp: stamp(stream, at),
          data: text,
          ...sender,
          sender,
          message_id: id,
          operation_type: isEdit ? 3 : 1,
          chat_session: { type: 1, id: stream.sessionId },
        },
      };
    });
  return { messages, upTo: to };
};

/** Message 6 for something that happened, in the shape that the product has for it. */
export const happened = (stream: Stream, { at, type, who }: Happening): Fields => {
  const { script, facts, product } = stream;
  const people = who.map((index) => script.people[index]).filter((person) => person !== undefined);
  const [first] = people;
  if (facts.isCall) {
    const participant_info = { channel_id: first?.channelId, user_id: first?.userId, display_name: first?.name };
    const name = product === 'phone' ? 'event_code' : 'event_type';
    return { msg_type: MESSAGE.event, event: { [name]: type, event_ts: stamp(stream, at), participant_info } };
  }
  const ids = people.map(({ userId, name }) => ({ user_id: userId, user_name: name }));
  const isAboutMany = LISTED.has(type);
  const whom = isAboutMany ? { participants: ids } : (ids[0] ?? {});
  return { msg_type: MESSAGE.event, event: { event_type: type, timestamp: stamp(stream, at), ...whom } };
};

/** Joined, left, camera on, camera off: a list of people. */
const LISTED: ReadonlySet<number> = new Set([3, 4, 8, 9]);
