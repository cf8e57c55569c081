/** How many different events there are before they repeat, save for their numbers. */
export const BLOCK = 1024;

/** Fixed widths, so that a number can be written over a precomputed text without moving anything. */
export const SEQ_DIGITS = 12;
export const SENT_DIGITS = 16;
const TAIL = `"seq":"${'0'.repeat(SEQ_DIGITS)}","sent":"${'0'.repeat(SENT_DIGITS)}"}}}`;

const HALF_OF_THEM = ['meeting.participant_joined', 'meeting.participant_left', 'meeting.started', 'meeting.ended'];
const THE_OTHERS = ['recording.completed', 'user.updated', 'phone.callee_answered', 'webinar.registration_created'];
const NAMES = ['Ada Lovelace', 'Grace "Amazing" Hopper', 'Łukasz Żółć', '山田 太郎', 'Zoë O’Brien', 'Jean-Luc P.'];
const TOPICS = [
  'Standup',
  'Q3 planning / budget\n(draft)',
  'Réunion hebdomadaire',
  '週次ミーティング',
  '1:1',
  'All hands 🎉',
];

/** `BLOCK` events of 730 bytes on average, every second one a `meeting.*`; their numbers are all zero. */
export const eventTexts = (): readonly string[] => Array.from({ length: BLOCK }, (_, index) => eventText(index));

const eventText = (index: number): string => {
  const type = pick(index % 2 === 0 ? HALF_OF_THEM : THE_OTHERS, index >> 1);
  const object = {
    id: `8${String(index * 7919).padStart(10, '0')}`,
    host_id: `x${index.toString(36)}1yCzABCDEfg23HiJKl4mN`,
    topic: pick(TOPICS, index),
    type: 2,
    start_time: '2026-11-22T01:42:00Z',
    duration: index % 90,
    timezone: 'Europe/Warsaw',
    participant: {
      user_id: String(16_778_240 + index),
      user_name: pick(NAMES, index >> 2),
      email: `person.${index}@acme.example`,
      join_time: '2026-11-22T01:43:07Z',
      participant_user_id: `rstu${index}pqmNopq`,
      registrant_id: `abcdefghij0-${index}klmnop`,
    },
    share_url: `https://acme.zoom.us/rec/share/${'aBcDeFgHiJkLmNoPqRsTuVwXyZ'.repeat(index % 13)}`,
  };
  const head = { event: type, event_ts: 1_795_311_720_000 + index, payload: { account_id: 'AAAAAABBBB', object } };
  return `${JSON.stringify(head).slice(0, -3)},${TAIL}`;
};

/** The frame that carries an event, as Zoom wraps it: the event's JSON text inside a string. */
export const frameText = (event: string): string =>
  `{"module":"message","content":${JSON.stringify(event)},"header":{}}`;

/** Where the digits of `seq` and `sent` end, counted back from the end of an event's or a frame's text. */
export const EVENT_ENDS = { seq: '","sent":""}}}'.length + SENT_DIGITS, sent: '"}}}'.length } as const;
export const FRAME_ENDS = {
  seq: String.raw`\",\"sent\":\"\"}}}","header":{}}`.length + SENT_DIGITS,
  sent: String.raw`\"}}}","header":{}}`.length,
} as const;
export type NumberEnds = { readonly seq: number; readonly sent: number };

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;
