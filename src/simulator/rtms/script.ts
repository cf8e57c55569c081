import { createDraw, type Draw, drawScene, type Scene } from '../../catalogue/index.ts';
import { CHATTER, DIALOGUE } from './dialogue.ts';

/** Somebody in a stream. */
export type Participant = { readonly userId: number; readonly name: string; readonly channelId: string };

/** Instants of a script are milliseconds since the start of its stream. */
export type Sentence = {
  readonly id: number;
  readonly speaker: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
};
export type ChatMessage = {
  readonly at: number;
  readonly by: number;
  readonly text: string;
  readonly id: string;
  readonly isEdit: boolean;
};
/** `type`: Zoom's number of the event (message 6). */
export type Happening = { readonly at: number; readonly type: number; readonly who: readonly number[] };

/** Everything that happens in one stream, from its first moment to its last. */
export type Script = {
  readonly scene: Scene;
  /** Those who speak, and then a guest who only listens. */
  readonly people: readonly Participant[];
  readonly lengthMs: number;
  readonly sentences: readonly Sentence[];
  readonly chat: readonly ChatMessage[];
  readonly happenings: readonly Happening[];
  /** When a screen is shared. */
  readonly sharing: { readonly from: number; readonly to: number };
};

/** About 170 words a minute. */
const MS_PER_LETTER = 62;
const FIRST_WORD_MS = 800;
/** As Zoom numbers seats: steps of 1,024 from here. */
const FIRST_SEAT = 16_778_240;
const CHAT_EVERY_MS = 9_000;

/** Event numbers of message 6. */
export const EVENT = {
  firstPacket: 1,
  speaker: 2,
  join: 3,
  leave: 4,
  sharingStart: 5,
  sharingStop: 6,
  mediaInterrupted: 7,
  videoOn: 8,
  videoOff: 9,
} as const;
/** Of calls: consumer answered, consumer end, user answered, user end, hold, unhold. */
const CALL = { answered: 8, over: 9, userAnswered: 10, userOver: 11, hold: 12, unhold: 13 } as const;

export type ScriptOptions = {
  readonly random: () => number;
  readonly accountId: string;
  readonly voices: number;
  readonly lengthMs: number;
  readonly isCall: boolean;
  readonly now: number;
};

export const writeScript = ({ random, accountId, voices, lengthMs, isCall, now }: ScriptOptions): Script => {
  const draw = createDraw(random);
  const scene = { ...drawScene(draw, now), accountId };
  const people = Array.from({ length: voices + 1 }, (_, index) => ({
    userId: FIRST_SEAT + index * 1024,
    name: scene.people[index % scene.people.length]?.name ?? `Guest ${index}`,
    channelId: String(index + 1),
  }));
  const sentences = talk(draw, voices, lengthMs);
  const sharing = { from: Math.round(lengthMs * 0.3), to: Math.round(lengthMs * 0.7) };
  return {
    scene,
    people,
    lengthMs,
    sentences,
    sharing,
    chat: isCall ? [] : chatter(draw, voices, lengthMs),
    happenings: isCall ? callHappenings(lengthMs) : happenings(sentences, voices, sharing, lengthMs),
  };
};

const talk = (draw: Draw, voices: number, lengthMs: number): readonly Sentence[] => {
  const sentences: Sentence[] = [];
  let from = FIRST_WORD_MS;
  for (let id = 0; ; id += 1) {
    const text = DIALOGUE[id % DIALOGUE.length] ?? DIALOGUE[0];
    const to = from + Math.max(500, text.length * MS_PER_LETTER);
    if (to > lengthMs) return sentences;
    sentences.push({ id: id + 1, speaker: id % voices, text, from, to });
    from = to + draw.int(10, 30) * 20;
  }
};

const chatter = (draw: Draw, voices: number, lengthMs: number): readonly ChatMessage[] => {
  const messages: ChatMessage[] = [];
  for (let at = CHAT_EVERY_MS / 2; at < lengthMs; at += CHAT_EVERY_MS) {
    const count = messages.length;
    const before = messages[count - 1];
    // Every fourth message corrects the one before it.
    if (count % 4 === 3 && before) messages.push({ ...before, at, text: `${before.text} (edited)`, isEdit: true });
    else {
      const text = CHATTER[count % CHATTER.length] ?? CHATTER[0];
      messages.push({ at, by: draw.int(0, voices - 1), text, id: draw.guid(), isEdit: false });
    }
  }
  return messages;
};

const happenings = (
  sentences: readonly Sentence[],
  voices: number,
  sharing: Script['sharing'],
  lengthMs: number,
): readonly Happening[] => {
  const speakers = Array.from({ length: voices }, (_, index) => index);
  const turns = sentences.filter(({ speaker }, index) => sentences[index - 1]?.speaker !== speaker);
  const all: Happening[] = [
    { at: 0, type: EVENT.join, who: speakers },
    { at: 0, type: EVENT.videoOn, who: speakers },
    { at: Math.round(lengthMs * 0.1), type: EVENT.join, who: [voices] },
    { at: sharing.from, type: EVENT.sharingStart, who: [0] },
    { at: sharing.to, type: EVENT.sharingStop, who: [] },
    { at: Math.round(lengthMs * 0.8), type: EVENT.leave, who: [voices] },
    ...turns.map(({ from, speaker }) => ({ at: from, type: EVENT.speaker, who: [speaker] })),
  ];
  return all.sort((a, b) => a.at - b.at);
};

const callHappenings = (lengthMs: number): readonly Happening[] => [
  { at: 0, type: CALL.answered, who: [0] },
  { at: 300, type: CALL.userAnswered, who: [1] },
  { at: Math.round(lengthMs * 0.6), type: CALL.hold, who: [1] },
  { at: Math.round(lengthMs * 0.6) + 500, type: CALL.unhold, who: [1] },
  { at: Math.max(0, lengthMs - 400), type: CALL.over, who: [0] },
  { at: Math.max(0, lengthMs - 200), type: CALL.userOver, who: [1] },
];
