import type { Delivery } from '../../event/arrival.ts';

/** One event that is to be delivered. */
export type Job = {
  readonly delivery: Delivery;
  readonly seq: number;
  readonly id: string;
  /** What is posted. */
  readonly body: string;
  readonly requestId: string;
  /** Events with the same key are delivered one after another. */
  readonly key: string;
  /** How many attempts have failed that count. */
  failures: number;
};

/** Jobs that wait, in order; of each key at most one is out at a time. */
export type Lanes = {
  add(job: Job): void;
  /** The oldest job whose key is free; that key is taken until `release`. */
  next(): Job | undefined;
  release(job: Job): void;
  /** Takes the oldest job that waits out of its lane. */
  dropOldest(): Job | undefined;
  readonly count: () => number;
  readonly bytes: () => number;
};

type Lane = { readonly jobs: Job[]; isTaken: boolean };

export const createLanes = (): Lanes => {
  const waiting = new Set<Job>();
  const lanes = new Map<string, Lane>();
  /** Lanes with something to do, in the order in which that came up. */
  const ready = new Set<Lane>();
  let bytes = 0;

  const remove = (job: Job): void => {
    waiting.delete(job);
    bytes -= job.body.length;
  };
  return {
    count: () => waiting.size,
    bytes: () => bytes,
    add(job) {
      waiting.add(job);
      bytes += job.body.length;
      const lane = lanes.get(job.key) ?? { jobs: [], isTaken: false };
      lanes.set(job.key, lane);
      lane.jobs.push(job);
      if (!lane.isTaken) ready.add(lane);
    },
    next() {
      for (const lane of ready) {
        ready.delete(lane);
        for (let job = lane.jobs.shift(); job !== undefined; job = lane.jobs.shift()) {
          // One that was dropped meanwhile.
          if (!waiting.has(job)) continue;
          remove(job);
          lane.isTaken = true;
          return job;
        }
      }
      return undefined;
    },
    release({ key }) {
      const lane = lanes.get(key);
      if (lane === undefined) return;
      lane.isTaken = false;
      if (lane.jobs.length > 0) ready.add(lane);
      else lanes.delete(key);
    },
    dropOldest() {
      for (const job of waiting) {
        remove(job);
        return job;
      }
      return undefined;
    },
  };
};
