import { setMaxListeners } from 'node:events';
import type { Arrival, Lifecycle } from '../../event/arrival.ts';
import { lifecycle } from '../../event/lifecycle.ts';
import { createNdjson } from '../../format/ndjson.ts';
import type { Notify } from '../../notice/notice.ts';
import { openRecording, type Recording, type RecordingOptions } from '../../recording/index.ts';
import type { Clock } from '../../time/clock.ts';
import type { Outlet } from '../outlet.ts';
import { createDispatcher } from './dispatcher.ts';
import { jobOf } from './job-of.ts';
import { createLanes, type Job } from './lanes.ts';
import type { ForwardOptions } from './options.ts';
import { createReport } from './report.ts';

export type { ForwardOptions } from './options.ts';
export { createPoster, type Posted, type PostWishes } from './post-once.ts';

/** Beyond either, the source is held back, or the oldest are given up. */
const MOST_EVENTS = 10_000;
const MOST_BYTES = 64_000_000;

/** Without a limit of its own, a run without any progress for so long is given up. */
const NO_PROGRESS_MS = 300_000;
const LOOK_MS = 1_000;

export type ForwardDeps = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly pid: number;
  readonly notify: Notify;
  /** Emits a `zoom_ws.*` event beside what the source brings. */
  readonly tell: (event: Lifecycle) => void;
  /** Aborted when the run is asked to stop: nothing is held back any longer. */
  readonly stopped: AbortSignal;
  /** Whether a signal asked for it. */
  readonly isInterrupted: () => boolean;
};

/** Posts each event to an HTTP handler, signed as Zoom signs. Throws `busy` and `output` for `--forward-failed`. */
export const httpOutlet = async (options: ForwardOptions, deps: ForwardDeps): Promise<Outlet> => {
  const { clock, notify, tell, stopped } = deps;
  const gone = new AbortController();
  const ended = new AbortController();
  // Every pause before another attempt listens to it.
  setMaxListeners(0, ended.signal);
  const failed = await openFailed(options.failedFile, deps, gone);
  const lines = createNdjson({ meta: true });
  const lanes = createLanes();
  const report = createReport(options, { clock, notify, signal: ended.signal });
  const counts = { delivered: 0, retried: 0, givenUp: 0 };
  let progressAt = clock.monotonic();
  let wake = (): void => {};
  /** Resolves when something has changed for whoever waits; nobody else waits then. */
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const onMoved = (): void => {
    progressAt = Math.max(progressAt, clock.monotonic());
    wake();
  };
  const giveUp = (job: Job, { status, error }: { readonly status?: number; readonly error?: string }): void => {
    counts.givenUp += 1;
    tell(lifecycle('forward_failed', clock.now(), { id: job.id, status, error, attempts: job.failures + 1 }));
    report.givenUp(job, status === undefined ? (error ?? '') : `the handler answered ${status}`);
    failed?.append(`${lines.event(job.delivery, job.seq)}\n`).catch(() => {});
  };
  const dispatcher = createDispatcher({
    ...{ options, lanes, report, clock, notify, random: deps.random, signal: ended.signal, onMoved },
    onDelivered(wasRetried) {
      counts.delivered += 1;
      if (wasRetried) counts.retried += 1;
    },
    onGivenUp: giveUp,
    onAskedPause(ms) {
      progressAt = Math.max(progressAt, clock.monotonic() + ms);
    },
    onDown(error) {
      notify({ kind: 'warning', text: `${options.shown} cannot be reached (${error}): events wait` });
      tell(lifecycle('forward_down', clock.now(), { error }));
    },
    onUp() {
      notify({ kind: 'note', text: `${options.shown} can be reached again` });
      tell(lifecycle('forward_up', clock.now(), {}));
    },
  });
  const isFull = (): boolean => lanes.count() + dispatcher.out() >= MOST_EVENTS || lanes.bytes() >= MOST_BYTES;
  const isEmpty = (): boolean => lanes.count() + dispatcher.out() === 0;
  const makeRoom = (): void => {
    while (lanes.count() + dispatcher.out() > MOST_EVENTS || lanes.bytes() > MOST_BYTES) {
      const oldest = lanes.dropOldest();
      if (oldest === undefined) return;
      giveUp(oldest, { error: 'too many events wait' });
    }
  };
  /** Resolves when nothing waits any more, or nothing more can be hoped for. */
  const drained = async (): Promise<void> => {
    const limitMs = options.drainMs ?? (deps.isInterrupted() ? INTERRUPTED_MS : undefined);
    const over = new AbortController();
    let isLate = false;
    const late = (): void => {
      isLate = true;
      wake();
    };
    if (limitMs !== undefined) clock.sleep(limitMs, over.signal).then(late, () => {});
    while (!isEmpty() && !isLate && !gone.signal.aborted) await change();
    over.abort();
  };
  if (options.drainMs === undefined) watchProgress();
  for (const signal of [stopped, gone.signal]) signal.addEventListener('abort', () => wake());
  if (options.checks) dispatcher.fill();

  return {
    comesLast: true,
    isRequired: true,
    gone: gone.signal,
    hasGivenUp: () => counts.givenUp > 0,
    async take(batch: readonly Arrival[], firstSeq: number) {
      let seq = firstSeq;
      for (const arrival of batch) {
        if (arrival.kind !== 'event') continue;
        lanes.add(jobOf(arrival, seq, options, report.rounded));
        seq += 1;
      }
      dispatcher.fill();
      if (options.overflow === 'fail') makeRoom();
      else while (isFull() && !stopped.aborted && !gone.signal.aborted) await change();
    },
    async drain() {
      await drained();
      const waiting = lanes.count() + dispatcher.out();
      ended.abort();
      dispatcher.close();
      for (let job = lanes.dropOldest(); job !== undefined; job = lanes.dropOldest())
        giveUp(job, { error: 'not delivered in time' });
      notify({ kind: 'forwarded', ...counts, waiting });
    },
    async close() {
      ended.abort();
      dispatcher.close();
      await failed?.close();
    },
  };

  function watchProgress(): void {
    const watch = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(LOOK_MS, ended.signal);
        if (isEmpty()) progressAt = Math.max(progressAt, clock.monotonic());
        if (clock.monotonic() - progressAt < NO_PROGRESS_MS) continue;
        notify({ kind: 'warning', text: 'no event was delivered for 5 minutes: what waits is given up' });
        gone.abort();
        return;
      }
    };
    watch().catch(() => {});
  }
};

/** Whoever presses Ctrl-C does not wait for a handler without end. */
const INTERRUPTED_MS = 10_000;

const openFailed = async (
  path: string | undefined,
  { clock, pid, notify }: Pick<ForwardDeps, 'clock' | 'pid' | 'notify'>,
  gone: AbortController,
): Promise<Recording | undefined> => {
  if (path === undefined) return undefined;
  const options: RecordingOptions = {
    ...{ clock, pid },
    onNote: (text) => notify({ kind: 'note', text }),
    onFailure: () => gone.abort(),
  };
  return openRecording(path, options);
};
