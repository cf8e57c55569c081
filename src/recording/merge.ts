import type { Arrival } from '../event/arrival.ts';
import { arrivalTime } from '../event/arrival-time.ts';
import type { EpochMs } from '../time/clock.ts';

/** Batches of arrivals; an empty one means: nothing more at the moment. */
export type Batches = AsyncIterable<readonly Arrival[]>;

type Lane = {
  readonly batches: AsyncIterator<readonly Arrival[]>;
  batch: readonly Arrival[];
  next: number;
  /** The time of the arrival that is next; one without a time stands where the one before it stood. */
  time: EpochMs;
  /** 'idle': it has nothing now and is not waited for. */
  state: 'open' | 'idle' | 'done';
  pulling: Promise<void> | undefined;
};

/**
 * Merges by time, each input kept in its own order; of equal times the earlier input comes first. Holds one batch of
 * each. Inputs that have nothing at the moment are not waited for as long as another has something.
 */
export async function* merge(inputs: readonly Batches[]): AsyncGenerator<readonly Arrival[]> {
  const lanes = inputs.map((input): Lane => {
    const batches = input[Symbol.asyncIterator]();
    return { batches, batch: [], next: 0, time: Number.NEGATIVE_INFINITY, state: 'open', pulling: undefined };
  });
  try {
    for (;;) {
      const dry = lanes.filter((lane) => lane.state !== 'done' && lane.next >= lane.batch.length);
      for (const lane of dry) lane.pulling ??= pull(lane);
      const awaited = dry.filter(({ state }) => state === 'open').map(({ pulling }) => pulling);
      if (awaited.length > 0) {
        await Promise.all(awaited);
        continue;
      }
      const ready = lanes.filter((lane) => lane.next < lane.batch.length);
      if (ready.length > 0) yield takeUntilDry(ready);
      else if (dry.length > 0) {
        yield [];
        await Promise.race(dry.map(({ pulling }) => pulling));
      } else return;
    }
  } finally {
    await Promise.all(lanes.map(({ batches }) => batches.return?.()));
  }
}

const pull = (lane: Lane): Promise<void> => {
  const pulling = (async () => {
    const { done, value } = await lane.batches.next();
    lane.pulling = undefined;
    lane.batch = done ? [] : value;
    lane.next = 0;
    lane.state = done ? 'done' : value.length === 0 ? 'idle' : 'open';
    lane.time = timeOfNext(lane);
  })();
  // An idle input may fail while another is read: it is told when this one is awaited.
  pulling.catch(() => {});
  return pulling;
};

const timeOfNext = ({ batch, next, time }: Lane): EpochMs => {
  const arrival = batch[next];
  return (arrival && arrivalTime(arrival)) ?? time;
};

/** All that can be given before one of the lanes has to be pulled. `lanes` keeps the order of the inputs. */
const takeUntilDry = (lanes: readonly Lane[]): readonly Arrival[] => {
  const taken: Arrival[] = [];
  for (;;) {
    const first = earliest(lanes);
    const rival = earliest(lanes.filter((lane) => lane !== first));
    const firstWinsTies = rival === undefined || (first !== undefined && lanes.indexOf(first) < lanes.indexOf(rival));
    if (first === undefined) return taken;
    do {
      const arrival = first.batch[first.next];
      if (arrival) taken.push(arrival);
      first.next += 1;
      if (first.next >= first.batch.length) return taken;
      first.time = timeOfNext(first);
    } while (rival === undefined || first.time < rival.time || (firstWinsTies && first.time === rival.time));
  }
};

const earliest = (lanes: readonly Lane[]): Lane | undefined =>
  lanes.reduce<Lane | undefined>(
    (best, lane) => (best === undefined || lane.time < best.time ? lane : best),
    undefined,
  );
