import { loadCatalogue, seededRandom } from '../../catalogue/index.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { type Input, openInputs, readRecordings } from '../../recording/index.ts';
import { eventTexts, type PlayDeps, play, replay, type Simulator, tellStories } from '../../simulator/index.ts';
import type { SimulateValues } from './flags.ts';

/** Plays to its end, or until the simulator is closed. */
export type Playing = (simulator: Simulator, deps: PlayDeps) => Promise<void>;

type Wishes = Pick<SimulateValues, 'seed' | 'epoch' | 'from' | 'speed' | 'count'> & {
  /** Undefined: a recording keeps its own pace. */
  readonly rate: number | undefined;
  readonly perSecond: number;
  readonly passes: (type: string) => boolean;
};

const SEEDS = 2 ** 32;

/** What the simulator sends by itself: stories, or a recording, which is opened now. Throws `input` if it cannot be. */
export const openTexts = async (host: Host, notify: Notify, wishes: Wishes): Promise<Playing> => {
  const { from, perSecond, count } = wishes;
  if (perSecond === 0 || count === 0) return async () => {};
  if (from === undefined) return stories(host, notify, wishes);
  const [input] = await openInputs([from], { cwd: host.cwd, stdin: () => host.stdin });
  return recorded(notify, wishes, input);
};

const stories = async (host: Host, notify: Notify, wishes: Wishes): Promise<Playing> => {
  const { seed = Math.floor(host.random() * SEEDS), epoch, perSecond, passes, count } = wishes;
  if (wishes.seed === undefined) notify({ kind: 'note', text: `the stories of this run again: --seed ${seed}` });
  const catalogue = await loadCatalogue();
  return (simulator, deps) => {
    let told = 0;
    // With an epoch the times are those of an even pace, whatever the pace of the run really was.
    const now = () => (epoch === undefined ? host.clock.now() : epoch + Math.round((told * 1000) / perSecond));
    const { accountId } = simulator.rules;
    const telling = tellStories({ catalogue, random: seededRandom(seed), accountId, now, passes });
    const next = () => {
      const step = telling.next();
      told += 1;
      return step;
    };
    return play(simulator, { next }, { perSecond, count }, deps);
  };
};

const recorded = (notify: Notify, wishes: Wishes, input: Input | undefined): Playing => {
  const { rate, speed, count, passes } = wishes;
  const batches = readRecordings(input === undefined ? [] : [input], {
    wants: passes,
    counts: { events: 0, damaged: 0 },
    onDamage: ({ name, line, why }) => {
      const place = line === undefined ? name : `${name}, line ${line}`;
      notify({ kind: 'warning', text: `${place}: ${why}; passed over` });
    },
  });
  return async (simulator, deps) => {
    try {
      if (rate !== undefined) await play(simulator, eventTexts(batches), { perSecond: rate, count }, deps);
      else await replay(simulator, batches, { factor: speed, count }, deps);
    } finally {
      await input?.close();
    }
  };
};
