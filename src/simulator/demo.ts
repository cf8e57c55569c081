import { loadCatalogue } from '../catalogue/index.ts';
import { reasonOf } from '../errors.ts';
import { orClosed, play } from './play.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { startSimulator } from './start.ts';
import { tellStories } from './stories/index.ts';

/** Fast enough to watch, slow enough to read. */
const EVENTS_PER_SECOND = 2;

/** Long enough for a conversation; then the next one begins. */
const STREAM_MS = 60_000;
const VOICES = 2;

/** A stand-in for Zoom where streams follow each other, the first as soon as a client is connected. */
export const startRtmsDemo = async (options: SimulatorOptions): Promise<Simulator> => {
  const simulator = await startSimulator({
    ...options,
    rtms: { product: 'meeting', voices: VOICES, lengthMs: STREAM_MS },
  });
  const playing = async () => {
    await simulator.connected();
    await simulator.rtms?.play();
  };
  // It ends when the simulator is closed.
  orClosed(simulator, playing()).catch(() => {});
  return simulator;
};

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
