import { createHash } from 'node:crypto';
import { createDraw, drawScene, type Scene, seededRandom } from '../../catalogue/index.ts';
import { DEFAULT_RULES } from '../../simulator/index.ts';
import type { Setting } from './set-value.ts';

/** What a sample is about, and the stay of its guest. */
export type TriggerScene = { readonly scene: Scene; readonly stay: string };

type Moment = {
  /** The meeting, call … that is set; undefined: a new one. */
  readonly id: string | undefined;
  /** Each round tells of the next guest. */
  readonly round: number;
  readonly random: () => number;
  /** EpochMs. */
  readonly now: number;
};

/**
 * The same id, the same meeting with the same host and guests, whichever run of `trigger` tells of it: who joined is who
 * leaves. The people of the account stay the same in any case.
 */
export const triggerScene = ({ id, round, random, now }: Moment): TriggerScene => {
  const draw = createDraw(id === undefined ? random : seededRandom(seedOf(id)));
  const { meeting, ...rest } = drawScene(draw, now);
  const account = drawScene(createDraw(seededRandom(seedOf(DEFAULT_RULES.accountId))), now).people;
  const [host, ...guests] = turned(account, draw.int(0, account.length - 1));
  return {
    scene: {
      ...rest,
      accountId: DEFAULT_RULES.accountId,
      people: [host ?? account[0], ...turned(guests, round)],
      meeting: { ...meeting, number: id !== undefined && /^\d+$/.test(id) ? id : meeting.number },
    },
    stay: createDraw(id === undefined ? random : seededRandom(seedOf(`${id} ${round}`))).guid(),
  };
};

/** What tells a meeting, webinar, session or call from another, the surest first. */
const IDS = ['id', 'meeting_id', 'uuid', 'session_id', 'call_id'].map((name) => `payload.object.${name}`);

/** The id among the settings that says what the event is about. */
export const idOf = (settings: readonly Setting[]): string | undefined =>
  IDS.flatMap((id) =>
    settings.filter(({ path }) => path.map(({ key }) => key).join('.') === id).map(({ text }) => text),
  )[0];

const seedOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();

const turned = <Item>(items: readonly Item[], by: number): readonly Item[] => {
  const cut = by % items.length;
  return [...items.slice(cut), ...items.slice(0, cut)];
};
