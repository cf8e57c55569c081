import type { Draw } from './draw.ts';
import { PEOPLE, TIME_ZONES, TOPICS } from './names.ts';

/** Somebody who appears in an event. */
export type Person = {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly name: string;
  readonly email: string;
  /** Fictional: +1 … 555-01xx. */
  readonly phone: string;
  /** Of the phone system: three or four digits. */
  readonly extension: number;
  /** In one meeting: eight digits. */
  readonly seat: string;
};

/** Who and what a sample is about, so that its fields agree with each other. Several samples may share one. */
export type Scene = {
  readonly accountId: string;
  /** The host comes first, then who takes part; never empty. */
  readonly people: readonly [Person, ...Person[]];
  readonly meeting: {
    /** Eleven digits. */
    readonly number: string;
    readonly uuid: string;
    readonly topic: string;
    /** EpochMs. */
    readonly startsAt: number;
    readonly minutes: number;
    readonly timeZone: string;
  };
  /** The Video SDK session, phone call, chat channel … each has one id, wherever it is named. */
  readonly sessionId: string;
  /** 19 digits. */
  readonly callId: string;
  readonly channelId: string;
  readonly channelName: string;
};

/** Draws who and what a sample is about. `now` in EpochMs; the meeting began half an hour before it or so. */
export const drawScene = (draw: Draw, now: number): Scene => {
  const minutes = draw.pick([30, 45, 60, 90]);
  const topic = draw.pick(TOPICS);
  return {
    accountId: draw.id(),
    people: drawPeople(draw),
    meeting: {
      number: `8${draw.digits(10)}`,
      uuid: draw.uuid(),
      topic,
      startsAt: now - draw.int(5, minutes) * 60_000,
      minutes,
      timeZone: draw.pick(TIME_ZONES),
    },
    sessionId: draw.uuid(),
    callId: `7${draw.digits(18)}`,
    channelId: draw.hex(32),
    channelName: draw.pick(['general', 'release-crew', 'design', 'on-call', 'customers-emea']),
  };
};

/** All of them, the order cut like a deck of cards, so that no one appears twice. */
const drawPeople = (draw: Draw): readonly [Person, ...Person[]] => {
  const cut = draw.int(0, PEOPLE.length - 1);
  const [host, ...others] = PEOPLE.map((_, index) => drawPerson(draw, (cut + index) % PEOPLE.length));
  return [host ?? drawPerson(draw, 0), ...others];
};

const drawPerson = (draw: Draw, index: number): Person => {
  const [first, last, mailbox] = PEOPLE[index] ?? PEOPLE[0];
  return {
    id: draw.id(),
    first,
    last,
    name: `${first} ${last}`,
    email: `${mailbox}@example.com`,
    phone: `+1${draw.pick(['202', '312', '415', '646'])}55501${String(draw.int(0, 99)).padStart(2, '0')}`,
    extension: draw.int(100, 999),
    seat: `167${draw.digits(5)}`,
  };
};
