import type { Notify } from '../../notice/notice.ts';
import { backoffMs } from '../../time/backoff.ts';
import type { Clock } from '../../time/clock.ts';
import { signed } from '../../webhook/headers.ts';
import { checkHandler } from './check.ts';
import { type Answer, createClient, type HttpClient } from './client.ts';
import { headersFor } from './headers-for.ts';
import type { Job, Lanes } from './lanes.ts';
import type { ForwardOptions } from './options.ts';
import { failureOf, type Outcome, outcomeOf } from './outcome.ts';
import type { Report } from './report.ts';

/** While nobody is there, this is the longest pause between two looks. */
const LONGEST_LOOK_MS = 5_000;

export type DispatcherParts = {
  readonly options: ForwardOptions;
  readonly lanes: Lanes;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  readonly notify: Notify;
  /** Ends every attempt and every pause. */
  readonly signal: AbortSignal;
  readonly onDelivered: (wasRetried: boolean) => void;
  readonly onGivenUp: (job: Job, outcome: { readonly status?: number; readonly error?: string }) => void;
  /** A pause that the handler asked for is no lack of progress. */
  readonly onAskedPause: (ms: number) => void;
  readonly onDown: (error: string) => void;
  readonly onUp: () => void;
  /** Something has left the queue. */
  readonly onMoved: () => void;
};

export type Dispatcher = {
  /** Sends what can be sent now. */
  fill(): void;
  /** What is out: on its way, or waiting for its next attempt. */
  readonly out: () => number;
  close(): void;
};

/** Delivers jobs, each as often as it takes, at most `concurrency` at a time. */
export const createDispatcher = (parts: DispatcherParts): Dispatcher => {
  const { options, lanes, report, clock, random, notify, signal } = parts;
  const clients: HttpClient[] = Array.from({ length: options.concurrency }, () => createClient(options, clock));
  const free = [...clients];
  const out = new Set<Job>();
  const again: Job[] = [];
  let isDown = false;
  let isPaused = false;
  let looks = 0;
  let isChecked = !options.checks || options.secret === undefined;
  let isChecking = false;

  const postWith = (client: HttpClient, body: string, more: Readonly<Record<string, string>>): Promise<Answer> =>
    client.post(
      () => ({ body, headers: headersFor(options, signed(options.secret, body, clock.now()), more) }),
      signal,
    );

  const fill = (): void => {
    if (!isChecked) return void check();
    // While nobody is there, one goes ahead of the others.
    while (!isPaused && free.length > 0 && (!isDown || free.length === clients.length) && !signal.aborted) {
      const job = again.shift() ?? lanes.next();
      if (job === undefined) return;
      out.add(job);
      void deliver(job, free.pop() as HttpClient);
    }
  };
  const check = async (): Promise<void> => {
    const [client] = clients;
    if (isChecking || isPaused || client === undefined || options.secret === undefined || signal.aborted) return;
    isChecking = true;
    const { secret, shown } = options;
    const more = { 'x-zoom-ws-attempt': '1' };
    isChecked = await checkHandler({
      ...{ secret, shown, notify, now: clock.now() },
      post: async (body) => {
        try {
          const answer = await postWith(client, body, more);
          up();
          return answer;
        } catch (error) {
          const outcome = failureOf(error);
          if (outcome.kind === 'unreachable') down(outcome.error);
          throw error;
        }
      },
    });
    isChecking = false;
    fill();
  };
  const deliver = async (job: Job, client: HttpClient): Promise<void> => {
    const began = clock.monotonic();
    let answer: Answer | undefined;
    let outcome: Outcome;
    try {
      answer = await postWith(client, job.body, {
        'x-zm-request-id': job.requestId,
        'x-zoom-ws-attempt': String(job.failures + 1),
      });
      outcome = outcomeOf(answer, clock.now());
    } catch (error) {
      outcome = failureOf(error);
    }
    free.push(client);
    if (signal.aborted && outcome.kind !== 'delivered') return;
    settle(job, outcome, answer, clock.monotonic() - began);
    fill();
  };
  const settle = (job: Job, outcome: Outcome, answer: Answer | undefined, ms: number): void => {
    if (outcome.kind === 'unreachable') {
      again.unshift(job);
      return down(outcome.error);
    }
    up();
    if (outcome.kind === 'failed' && job.failures < options.retries) {
      job.failures += 1;
      const pause = Math.max(backoffMs(job.failures, random), outcome.retryAfterMs ?? 0);
      report.attempt(job, outcome, answer, ms, pause);
      if (outcome.retryAfterMs !== undefined) parts.onAskedPause(pause);
      return void later(pause, () => again.push(job));
    }
    report.attempt(job, outcome, answer, ms, undefined);
    finish(job);
    if (outcome.kind === 'delivered') parts.onDelivered(job.failures > 0);
    else parts.onGivenUp(job, outcome);
    parts.onMoved();
  };
  const finish = (job: Job): void => {
    out.delete(job);
    lanes.release(job);
  };
  const later = async (ms: number, then: () => void): Promise<void> => {
    await clock.sleep(ms, signal).catch(() => {});
    if (signal.aborted) return;
    then();
    fill();
  };
  const down = (error: string): void => {
    if (!isDown) parts.onDown(error);
    isDown = true;
    if (isPaused) return;
    isPaused = true;
    looks += 1;
    void later(Math.min(LONGEST_LOOK_MS, backoffMs(looks, random)), () => {
      isPaused = false;
    });
  };
  const up = (): void => {
    if (isDown) parts.onUp();
    isDown = false;
    looks = 0;
  };
  return {
    fill,
    out: () => out.size,
    close() {
      for (const job of out) {
        finish(job);
        parts.onGivenUp(job, { error: 'not delivered in time' });
      }
      for (const client of clients) client.close();
    },
  };
};
