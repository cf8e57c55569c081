import type { Clock } from '../../time/clock.ts';
import { formatDuration } from '../../time/duration.ts';
import { ZoomRefusal } from '../../zoom-api/index.ts';
import { endsRun, failureOf, mayPassLater } from '../apply/failure.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Found, Source } from '../sessions/found.ts';
import { NeverReady, NotReady } from '../sessions/gathered.ts';
import { isHopeless, type Job, laterTry } from '../sessions/job.ts';
import { NothingKnown } from './gather.ts';
import { createQueue } from './queue.ts';
import { type JobDeps, runJob } from './run-job.ts';

export type SyncDeps = Omit<JobDeps, 'onFound' | 'isBackfill'> & {
  readonly source: Source;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly maxWaitMs: number;
  readonly isDry: boolean;
  readonly onNote: (text: string) => void;
};

/** A backfill finds no more sessions than this before some are done. */
const AHEAD = 200;

/** Whether a job is small and wanted at once: it does not wait for a session of thousands. */
const isQuick = ({ what }: Job): boolean => what === 'registration' || what === 'moment';
const isSlow = (job: Job): boolean => !isQuick(job);

/** Does all that the source finds and what an earlier run has left; ends with the source, or when the signal aborts. */
export const runSync = async (deps: SyncDeps): Promise<void> => {
  const { source, ledger, clock, report, onNote } = deps;
  const ended = new AbortController();
  const signal = AbortSignal.any([deps.signal, ended.signal]);
  const queue = createQueue();
  let isExhausted = false;
  let failure: { readonly error: unknown } | undefined;
  const endWith = (error: unknown): void => {
    failure ??= { error };
    ended.abort(error);
  };
  const resumed = resume(deps);
  const add = async (found: Found): Promise<void> => {
    resumed.delete(found.job.id);
    await ledger.addJob(found.job);
    queue.add(found);
  };
  const takeUp = (): void => {
    for (const [id, found] of resumed) {
      resumed.delete(id);
      queue.add(found);
    }
  };
  // What an input tells of them anew is better than what is left of them.
  if (source.isLive || source.isBackfill) takeUp();

  const consume = async (): Promise<void> => {
    for await (const found of source.found(signal)) {
      await add(found);
      while (!source.isLive && queue.size() > AHEAD && !signal.aborted) await queue.changed();
      if (signal.aborted) return;
    }
    takeUp();
    isExhausted = true;
    // Whoever waits for more is told that there is none.
    queue.done('');
  };
  const jobDeps: JobDeps = { ...deps, isBackfill: source.isBackfill, onFound: add };

  const postpone = async (job: Job, later: Job | undefined, extra: Found['extra']): Promise<void> => {
    const name = `${job.kind} ${job.number || job.uuid}`;
    if (later === undefined || later.due - clock.now() > deps.maxWaitMs) {
      // A number that was typed can be typed again: it may be wrong, and would be asked for for ever.
      if (job.what === 'number' || isHopeless(job, clock.now())) throw new NeverReady(name);
      onNote(`${name} is not ready: Zoom has not counted it yet; it is left to the next run`);
      // The next run begins with it.
      const kept = { ...job, tries: 0, due: later?.due ?? clock.now() };
      await ledger.addJob(kept);
      queue.park(kept);
      return;
    }
    onNote(`${name} is not ready yet; it is looked up again in ${formatDuration(later.due - clock.now())}`);
    await ledger.addJob(later);
    queue.add(extra === undefined ? { job: later } : { job: later, extra });
  };
  const work = async (found: Found): Promise<void> => {
    const { job, extra } = found;
    try {
      const end = await runJob(found, jobDeps).catch(async (error: unknown) => {
        if (!(error instanceof NotReady)) throw error;
        await postpone(job, laterTry(job, clock.now()), extra);
        return undefined;
      });
      if (end === undefined) return;
      if (job.what === 'session') report.sessions.done += 1;
      if (end === 'done') await ledger.jobDone(job.id);
    } catch (error) {
      if (error instanceof ZoomRefusal && error.kind === 'daily' && source.isLive) {
        onNote(error.message);
        await postpone(job, { ...job, due: clock.now() + (error.retryAfterMs ?? 0) }, extra);
        return;
      }
      if (error instanceof ZoomRefusal && error.kind === 'daily') throw error;
      if (!(error instanceof NothingKnown || error instanceof NeverReady) && endsRun(error)) throw error;
      if (job.what === 'session' || job.what === 'number') report.sessions.failed += 1;
      const session = job.uuid || job.number;
      report.failures.push(failureOf(error, { contact: null, session, stage: 'zoom' }));
      if (!mayPassLater(error)) await ledger.jobDone(job.id);
    }
  };
  const lane = async (accepts: (job: Job) => boolean): Promise<void> => {
    while (!signal.aborted) {
      const found = queue.take(accepts, clock.now());
      if (found !== undefined) {
        await work(found).finally(() => queue.done(found.job.id));
        continue;
      }
      const due = queue.nextDue(accepts);
      if (due === undefined && isExhausted && queue.size() === 0) return;
      if (due !== undefined && due - clock.now() > deps.maxWaitMs) {
        for (let far = queue.take(accepts, due); far !== undefined; far = queue.take(accepts, due)) {
          queue.park(far.job);
          queue.done(far.job.id);
        }
        continue;
      }
      await waitFor(queue.changed(), due, clock, signal);
    }
  };

  const running = [consume(), ...(source.isLive ? [lane(isSlow), lane(isQuick)] : [lane(() => true)])].map((part) =>
    part.catch((error: unknown) => {
      if (!signal.aborted) endWith(error);
    }),
  );
  const [, ...lanes] = running;
  await Promise.all(lanes);
  // A source that waits for what comes ends with the signal.
  ended.abort();
  await Promise.all(running);
  report.sessions.waiting = queue.left().filter(({ what }) => what === 'session' || what === 'number').length;
  if (failure !== undefined) throw failure.error;
};

/** Waits for a change, or until something is due. */
const waitFor = async (
  changed: Promise<void>,
  due: number | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  const over = new AbortController();
  const stopped = AbortSignal.any([signal, over.signal]);
  const ms = due === undefined ? FOREVER_MS : Math.max(0, due - clock.now());
  await Promise.race([changed, clock.sleep(ms, stopped).catch(() => {})]);
  over.abort();
};

const FOREVER_MS = 86_400_000;

/** What an earlier run has left: said, and to be taken up unless this run is a dry one. */
const resume = ({ ledger, isDry, onNote }: SyncDeps): Map<string, Found> => {
  const jobs = [...ledger.jobs.values()];
  if (jobs.length === 0) return new Map();
  const sessions = jobs.filter(({ what }) => what === 'session' || what === 'number').length;
  const others = jobs.length - sessions;
  const counted = [
    ...(sessions > 0 ? [`${sessions} session${sessions === 1 ? '' : 's'}`] : []),
    ...(others > 0 ? [`${others} other job${others === 1 ? '' : 's'}`] : []),
  ].join(' and ');
  onNote(`${isDry ? 'an earlier run has left' : 'resuming what an earlier run has left'}: ${counted}`);
  return new Map(isDry ? [] : jobs.map((job) => [job.id, { job: { ...job, tries: 0 } }]));
};
