import type { Arrival } from '../event/arrival.ts';

/**
 * One way out for what a run emits: lines on stdout, a recording, an HTTP handler, a stream. A run has several, which work
 * beside one another: each takes every batch, in its own time, and holds the source back only while it has no room.
 */
export type Outlet = {
  /**
   * Takes a batch, in order; resolves when it can take more. `firstSeq` is the number of the first event in the batch,
   * from 1; only events are counted. Never called again before it has resolved. Rejects with a `ZoomWsError` when what it
   * was given cannot be kept (a full disk).
   */
  take(batch: readonly Arrival[], firstSeq: number): Promise<void>;
  /** Takes nothing more; resolves when what was taken has left, or is on disk. Throws what made it fail. */
  close(): Promise<void>;
  /** Aborted when it can take nothing more: its reader has left (`| head`), or it has failed; then `close` says why. */
  readonly gone: AbortSignal;
  /** Whether the run ends when it is gone. */
  readonly isRequired: boolean;
  /** Whether it takes a batch only after the others have taken it. */
  readonly comesLast?: boolean;
  /** After the last batch, before `close`: waits for what was taken, as long as that makes sense. */
  drain?(): Promise<void>;
  /**
   * Whether something that it took was given up, or is left behind for another run; known once it is closed. A run that
   * would end well then ends with 1.
   */
  readonly hasGivenUp?: () => boolean;
  /** Present where someone reads along, and may also stop reading. */
  readonly reader?: OutletReader;
};

/** Whoever reads while the run goes on (a pipe, a terminal). */
export type OutletReader = {
  /** Resolves when everything that was taken has been handed over. */
  caughtUp(): Promise<void>;
  /** Waits for the reader no longer; what it has not read is lost. */
  abandon(): void;
};
