import type { Arrivals } from '../event/arrival.ts';
import type { Notify } from '../notice/notice.ts';
import type { SecretKeeper } from '../secret.ts';
import type { Clock } from '../time/clock.ts';

/** Where events come from while a run lasts: Zoom's event socket, a webhook, a stream. */
export type Source = {
  /** What arrives, in order; ends after the signal, or by itself; throws what cannot be mended. */
  readonly arrivals: Arrivals;
  /** Resolves when nothing of the source is left open; never rejects. */
  readonly done: Promise<void>;
  /** The times in which nothing could arrive, so far; and the repeats, where the source itself takes them out. */
  totals(): { readonly gaps: number; readonly gapMs: number; readonly repeats?: number };
  /**
   * Hears, after each batch, how many of its arrivals are handled: taken by every outlet, or dropped by a filter. For a
   * source that has to confirm them.
   */
  handled?(count: number): void;
  /** Whether it was ever ready to deliver. */
  wasReady(): boolean;
};

/** What every source needs of the run. */
export type SourceDeps = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly secrets: SecretKeeper;
  readonly notify: Notify;
  /** Hears of each change between ready and not ready. */
  readonly onLive: (isLive: boolean) => void;
  /** Ends everything cleanly; what has arrived is still delivered. */
  readonly signal: AbortSignal;
};
