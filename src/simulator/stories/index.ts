import { type Catalogue, EVENT_TYPES, sampleEvent } from '../../catalogue/index.ts';
import type { EpochMs } from '../../time/clock.ts';
import { chatStory } from './chat.ts';
import { meetingStory } from './meeting.ts';
import { phoneStory } from './phone.ts';
import { createStage, type Stage, type Story } from './stage.ts';
import { userStory } from './user.ts';
import { webinarStory } from './webinar.ts';

export type StoriesOptions = {
  readonly catalogue: Catalogue;
  /** The same numbers tell the same stories. */
  readonly random: () => number;
  readonly accountId: string;
  /** When the next event happens. */
  readonly now: () => EpochMs;
  /** Event types that are told; the others happen unheard. */
  readonly passes?: (type: string) => boolean;
};

/** Each as often as it stands here. */
const KINDS = [
  meetingStory,
  meetingStory,
  meetingStory,
  webinarStory,
  userStory,
  phoneStory,
  phoneStory,
  chatStory,
] as const;

/** One story in this many is a single event of any type. */
const RARE_ONE_IN = 6;

/**
 * Event texts without end, three stories at a time, their events mixed, each in its own order. Each text is made when it
 * is asked for; there is none at all where nothing can pass.
 */
export function* tellStories(options: StoriesOptions): Generator<string, void, void> {
  const { catalogue, random, now, passes = () => true } = options;
  const [rare, ...moreRare] = EVENT_TYPES.filter(passes);
  if (rare === undefined) return;
  const stage = createStage(random, options.accountId, now);
  const begin = (): Story =>
    stage.draw.int(1, RARE_ONE_IN) === 1 ? rareStory(stage, [rare, ...moreRare]) : stage.draw.pick(KINDS)(stage);
  // A newcomer sees a meeting first, and something else beside it.
  const going = [meetingStory(stage), phoneStory(stage), begin()];
  for (let turn = 0; ; turn += 1) {
    const place = turn === 0 ? 0 : stage.draw.int(0, going.length - 1);
    const { value: beat } = going[place]?.next() ?? {};
    if (!beat) going[place] = begin();
    else if (passes(beat.type))
      yield JSON.stringify(sampleEvent(catalogue, beat.type, { ...beat, random, now: now() }));
  }
}

/** The events of one webinar, from its creation to its recording. */
export function* tellWebinar({ catalogue, random, accountId, now }: StoriesOptions): Generator<string, void, void> {
  for (const beat of webinarStory(createStage(random, accountId, now))) {
    yield JSON.stringify(sampleEvent(catalogue, beat.type, { ...beat, random, now: now() }));
  }
}

/** One event of any type, as the catalogue has it. */
function* rareStory(stage: Stage, types: readonly [string, ...string[]]): Story {
  yield { type: stage.draw.pick(types), scene: stage.scene() };
}
