import { createDraw, type Draw, drawScene, type Person, type Scene } from '../../catalogue/index.ts';
import type { EpochMs } from '../../time/clock.ts';

/** One event of a story: its type, what it is about, and what this moment of the story says of its fields. */
export type Beat = {
  readonly type: string;
  readonly scene: Scene;
  readonly overrides?: Readonly<Record<string, string | number | boolean>>;
};

/** A story says its next event each time it is asked; its ids stay the same from beginning to end. */
export type Story = Generator<Beat, void, void>;

/** What stories are made with. */
export type Stage = {
  readonly draw: Draw;
  /** When the event that is being told happens. */
  readonly now: () => EpochMs;
  /** Things of its own, people of the account in an order of its own: the host first. */
  readonly scene: () => Scene;
};

/** The people are the same in every story; `accountId` is theirs. */
export const createStage = (random: () => number, accountId: string, now: () => EpochMs): Stage => {
  const draw = createDraw(random);
  const first = drawScene(draw, now());
  const scene = (): Scene => {
    const cut = draw.int(0, first.people.length - 1);
    const [host = first.people[0], ...others] = [...first.people.slice(cut), ...first.people.slice(0, cut)];
    const { topic, minutes, timeZone } = drawScene(draw, now()).meeting;
    return {
      accountId,
      people: [host, ...others],
      meeting: { number: `8${draw.digits(10)}`, uuid: draw.uuid(), topic, minutes, timeZone, startsAt: now() },
      sessionId: draw.uuid(),
      callId: `7${draw.digits(18)}`,
      channelId: draw.hex(32),
      channelName: draw.pick(CHANNELS),
    };
  };
  return { draw, now, scene };
};

const CHANNELS = ['general', 'release-crew', 'design', 'on-call', 'customers-emea'] as const;

/** The scene with someone else in the part of the participant, callee, contact … */
export const withGuest = (scene: Scene, person: Person): Scene => ({
  ...scene,
  people: [scene.people[0], person, ...scene.people.filter((other) => other !== person && other !== scene.people[0])],
});

/** The scene, its meeting (or call) beginning now. */
export const beginning = (scene: Scene, startsAt: EpochMs): Scene => ({
  ...scene,
  meeting: { ...scene.meeting, startsAt },
});

/** Zoom writes whole seconds: `2026-11-22T01:42:00Z`. */
export const iso = (at: EpochMs): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
