import type { Facts } from './facts.ts';
import { ACCOUNT } from './families/account.ts';
import { APP } from './families/app.ts';
import { CHAT } from './families/chat.ts';
import { MEETING } from './families/meeting.ts';
import { PARTICIPANT } from './families/participant.ts';
import { PHONE } from './families/phone.ts';
import { PHONE_CALL } from './families/phone-call.ts';
import { RECORDING } from './families/recording.ts';
import { RTMS } from './families/rtms.ts';
import { SESSION } from './families/session.ts';
import { TEAM_CHAT } from './families/team-chat.ts';
import { TEAM_CHAT_MORE } from './families/team-chat-more.ts';
import { USER } from './families/user.ts';
import { ZOOM_WS } from './families/zoom-ws.ts';
import type { Sentence, Sentences } from './say.ts';
import type { Span } from './span.ts';
import { tellingFields } from './telling-fields.ts';

/** What a line says of an event: a sentence where its type has one, its most telling fields where not. */
export const sentenceOf = (facts: Facts): readonly Span[] => (sentenceFor(facts.type) ?? tellingFields)(facts);

/** Whether the type has a sentence, which mostly says again what its name says. */
export const hasSentence = (type: string): boolean => sentenceFor(type) !== undefined;

const sentenceFor = (type: string): Sentence | undefined => BY_TYPE.get(type) ?? BY_ENDING.get(endingOf(type));

const tableOf = (...families: readonly Sentences[]): ReadonlyMap<string, Sentence> =>
  new Map(families.flatMap((family) => Object.entries(family)));

const prefixed = (prefix: string, sentences: Sentences): Sentences =>
  Object.fromEntries(Object.entries(sentences).map(([ending, sentence]) => [`${prefix}.${ending}`, sentence]));

/** A new family is a file in `families/` and a line here. */
const BY_TYPE = tableOf(
  prefixed('meeting', MEETING),
  prefixed('meeting', PARTICIPANT),
  prefixed('webinar', MEETING),
  prefixed('webinar', PARTICIPANT),
  RECORDING,
  SESSION,
  PHONE,
  PHONE_CALL,
  CHAT,
  TEAM_CHAT,
  TEAM_CHAT_MORE,
  USER,
  ACCOUNT,
  APP,
  ZOOM_WS,
);

/** `meeting.rtms_started`, `phone.call_rtms_started`, and whatever product comes next. */
const BY_ENDING = tableOf(RTMS);

const endingOf = (type: string): string => /rtms_[a-z]+$/.exec(type)?.[0] ?? '';
