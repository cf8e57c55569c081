import type { EpochMs } from '../../time/clock.ts';
import type { Found } from '../sessions/found.ts';
import type { Job } from '../sessions/job.ts';

/** The jobs of a run, those that are due first. */
export type Queue = {
  add(found: Found): void;
  /** Takes the next job of some kind that is due; it counts as open until `done`. */
  take(accepts: (job: Job) => boolean, now: EpochMs): Found | undefined;
  done(id: string): void;
  /** Leaves a job to the next run. */
  park(job: Job): void;
  /** When the next job of some kind is due; undefined if none waits. */
  nextDue(accepts: (job: Job) => boolean): EpochMs | undefined;
  /** Jobs that wait or are under way. */
  size(): number;
  parked(): readonly Job[];
  /** Every job that is not done. */
  left(): readonly Job[];
  /** Resolves at the next change. */
  changed(): Promise<void>;
};

export const createQueue = (): Queue => {
  const waiting = new Map<string, Found>();
  const running = new Map<string, Job>();
  const parked = new Map<string, Job>();
  const again = new Map<string, Found>();
  let listeners: (() => void)[] = [];
  const change = (): void => {
    const heard = listeners;
    listeners = [];
    for (const listener of heard) listener();
  };
  /** A recording waits for the people of its session. */
  const isFree = ({ what, uuid }: Job): boolean =>
    what !== 'recording' || !(waiting.has(`session ${uuid}`) || running.has(`session ${uuid}`));
  return {
    add(found) {
      const { id } = found.job;
      // The same job may be found again while it is under way: then once more after it.
      if (running.has(id)) again.set(id, found);
      else waiting.set(id, found);
      parked.delete(id);
      change();
    },
    take(accepts, now) {
      let first: Found | undefined;
      for (const found of waiting.values()) {
        const { job } = found;
        if (job.due > now || !accepts(job) || !isFree(job)) continue;
        if (first === undefined || job.due < first.job.due) first = found;
      }
      if (first === undefined) return undefined;
      waiting.delete(first.job.id);
      running.set(first.job.id, first.job);
      return first;
    },
    done(id) {
      running.delete(id);
      const found = again.get(id);
      again.delete(id);
      if (found !== undefined) waiting.set(id, found);
      change();
    },
    park(job) {
      parked.set(job.id, job);
    },
    nextDue(accepts) {
      let next: EpochMs | undefined;
      for (const { job } of waiting.values()) {
        if (accepts(job) && isFree(job) && (next === undefined || job.due < next)) next = job.due;
      }
      return next;
    },
    size: () => waiting.size + running.size,
    parked: () => [...parked.values()],
    left: () => [...[...waiting.values()].map(({ job }) => job), ...running.values(), ...parked.values()],
    changed: () => new Promise((resolve) => listeners.push(resolve)),
  };
};
