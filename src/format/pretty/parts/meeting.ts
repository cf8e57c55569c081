import { type Facts, firstText } from '../facts.ts';
import type { Part } from '../say.ts';
import { beside, faint, inQuotes, plain, strong } from '../span.ts';

const TOPICS = ['topic', 'meeting_topic', 'session_name'];
const NUMBERS = ['id', 'meeting_id', 'webinar_id', 'meeting_number'];
const UUIDS = ['uuid', 'meeting_uuid', 'webinar_uuid', 'session_id'];

/** The meeting, webinar or session that it is about: “Weekly sync” (852 1234 5678). */
export const meeting: Part = (facts) => {
  const { object, payload } = facts;
  const topic = firstText(object, TOPICS);
  const found = firstText(object, NUMBERS);
  const number = found !== undefined && isNumber(found) ? meetingNumber(found) : undefined;
  if (topic !== undefined)
    return [...inQuotes(topic, 'strong'), ...(number === undefined ? [] : [beside(` (${number})`)])];
  const noun = nounOf(facts);
  if (number !== undefined) return [plain(`${noun} `), strong(number)];
  const uuid = firstText(object, UUIDS) ?? firstText(payload, UUIDS) ?? found;
  return uuid === undefined ? `a ${noun}` : [plain(`${noun} `), faint(uuid)];
};

/** What the family is about. */
export const nounOf = ({ type }: Pick<Facts, 'type'>): string => {
  if (type.startsWith('webinar.')) return 'webinar';
  return type.startsWith('session.') ? 'session' : 'meeting';
};

const isNumber = (text: string): boolean => /^\d{9,11}$/.test(text);

/** As people write it: 852 1234 5678, 123 456 7890, 123 456 789. Anything else stays as it is. */
export const meetingNumber = (text: string): string => {
  if (!isNumber(text)) return text;
  const middle = text.length === 11 ? 7 : 6;
  return `${text.slice(0, 3)} ${text.slice(3, middle)} ${text.slice(middle)}`;
};
