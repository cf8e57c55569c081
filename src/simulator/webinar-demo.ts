import { loadCatalogue } from '../catalogue/index.ts';
import { reasonOf } from '../errors.ts';
import { play } from './play.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { startSimulator } from './start.ts';
import { tellWebinar } from './stories/index.ts';

const EVENTS_PER_SECOND = 20;
/** In the story, so much time passes from one event to the next. */
const STEP_MS = 4 * 60_000;
/** The story is over by now: it began so long ago. */
const AGO_MS = 4 * 3_600_000;

/** The type of the last event that the story tells. */
export const LAST_OF_WEBINAR = 'recording.transcript_completed';

/** A stand-in that tells one webinar, of this afternoon, as soon as somebody is connected. Close it like any simulator. */
export const startWebinarDemo = async (options: SimulatorOptions): Promise<Simulator> => {
  const { clock, random, log } = options;
  const [simulator, catalogue] = await Promise.all([startSimulator(options), loadCatalogue()]);
  let at = clock.now() - AGO_MS;
  const telling = tellWebinar({ catalogue, random, accountId: simulator.rules.accountId, now: () => at });
  const next = () => {
    at += STEP_MS;
    return telling.next();
  };
  play(simulator, { next }, { perSecond: EVENTS_PER_SECOND }, { clock }).catch((error: unknown) => {
    log?.({ what: 'slow', text: `the story has ended: ${reasonOf(error)}` });
  });
  return simulator;
};
