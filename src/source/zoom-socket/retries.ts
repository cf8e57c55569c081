import { ZoomWsError } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import { backoffMs } from '../../time/backoff.ts';
import type { Clock } from '../../time/clock.ts';
import { pauseMs } from './pause.ts';

/** How many new attempts are made before anything was ever accepted, unless the user says otherwise. */
const UNPROVEN_RETRIES = 10;
/** After this much failure in a row the user is warned, and again each time it has doubled. */
const WARN_AFTER_MS = 300_000;
/** A connection must stand this long before the count starts again. */
export const PROVEN_AFTER_MS = 60_000;

export type Retries = {
  /**
   * Waits until the next attempt; `wasLive` if a connection was lost, rather than not had. Throws the failure itself, said to be the last, when no
   * attempt is left.
   */
  afterFailure(failure: ZoomWsError, wasLive: boolean): Promise<void>;
  /** A connection has proved itself: the count starts again. */
  proven(): void;
};

export type RetryParts = {
  /** Undefined: ten until the first connection was accepted, unlimited after it. */
  readonly maxRetries: number | undefined;
  readonly wasReady: () => boolean;
  readonly subscription: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly notify: Notify;
  readonly signal: AbortSignal;
};

/** Counts consecutive failures of one subscription and paces the attempts. */
export const createRetries = (parts: RetryParts): Retries => {
  const { clock, random, notify, signal, subscription } = parts;
  let failures = 0;
  let failingSince = 0;
  let warnAfterMs = WARN_AFTER_MS;

  /** Waits, and warns in time however long the wait is. */
  const wait = async (ms: number): Promise<void> => {
    const until = clock.monotonic() + ms;
    for (let now = clock.monotonic(); now < until; now = clock.monotonic()) {
      await clock.sleep(Math.min(until, failingSince + warnAfterMs) - now, signal);
      const failingMs = clock.monotonic() - failingSince;
      if (failingMs < warnAfterMs) continue;
      notify({ kind: 'failing-long', subscription, ms: failingMs, attempts: failures });
      warnAfterMs *= 2;
    }
  };

  return {
    async afterFailure(failure, wasLive) {
      if (failures === 0 || wasLive) {
        failingSince = clock.monotonic();
        warnAfterMs = WARN_AFTER_MS;
      }
      failures += 1;
      const most = parts.maxRetries ?? (parts.wasReady() ? Number.POSITIVE_INFINITY : UNPROVEN_RETRIES);
      if (failures > most) throw lastFailure(failure, failures);
      const waitMs = pauseMs(backoffMs(failures, random), failure.retryAfterMs, { subscription, notify });
      notify({
        kind: 'retrying',
        subscription,
        why: failure.message,
        hint: failure.hint,
        wasLive,
        waitMs,
        attempt: failures,
        most,
      });
      await wait(waitMs);
    },
    proven() {
      failures = 0;
    },
  };
};

const lastFailure = (failure: ZoomWsError, failures: number): ZoomWsError =>
  new ZoomWsError(
    failure.code,
    failures === 1
      ? `Gave up: ${failure.message}`
      : `Gave up after ${failures} failures in a row; the last: ${failure.message}`,
    { hint: failure.hint ?? 'Run "zoom-ws doctor" to see what is wrong.', cause: failure },
  );
