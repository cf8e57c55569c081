import { loadCatalogue } from '../catalogue/index.ts';
import { reasonOf } from '../errors.ts';
import { play } from './play.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { startSimulator } from './start.ts';
import { tellStories } from './stories/index.ts';

/** Fast enough to watch, slow enough to read. */
const EVENTS_PER_SECOND = 2;

/**
 * A stand-in for Zoom that tells its stories on its own, two events a second, the first as soon as a client is
 * connected. Close it like any simulator.
 */
export const startDemo = async (options: SimulatorOptions): Promise<Simulator> => {
  const { clock, random, log } = options;
  const [simulator, catalogue] = await Promise.all([startSimulator(options), loadCatalogue()]);
  const { accountId } = simulator.rules;
  const texts = tellStories({ catalogue, random, accountId, now: clock.now });
  play(simulator, texts, { perSecond: EVENTS_PER_SECOND }, { clock }).catch((error: unknown) => {
    log?.({ what: 'slow', text: `the stories have ended: ${reasonOf(error)}` });
  });
  return simulator;
};
