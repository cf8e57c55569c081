import type { EpochMs } from '../time/clock.ts';

/**
 * Everything that is ever said to the person at stderr. A kind that has no wording in `wording.ts` does not compile.
 * Durations end in `Ms`; instants are EpochMs.
 */
export type Notice =
  | { readonly kind: 'warning'; readonly text: string; readonly hint?: string | undefined }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'detail'; readonly text: string }
  | { readonly kind: 'frame'; readonly direction: 'in' | 'out'; readonly text: string }
  | { readonly kind: 'connecting'; readonly subscription: string; readonly attempt: number }
  /** Zoom accepted the connection. `gapMs`: how long nothing was connected before it. */
  | {
      readonly kind: 'ready';
      readonly subscription: string;
      readonly again: boolean;
      readonly gapMs: number | undefined;
    }
  /** Webhooks can come. */
  | { readonly kind: 'listening'; readonly url: string }
  /** A connection that was counted on proves to have been dead for a while, in which no other was live. */
  | { readonly kind: 'gap-found'; readonly ms: number; readonly reason: string }
  /** An attempt failed or a connection was lost; the next attempt comes in `waitMs`. */
  | {
      readonly kind: 'retrying';
      readonly subscription: string;
      readonly why: string;
      readonly hint: string | undefined;
      /** Whether there was a live connection, which is now gone. */
      readonly wasLive: boolean;
      readonly waitMs: number;
      readonly attempt: number;
      readonly most: number;
    }
  /** A server asked for a longer pause than is kept. */
  | {
      readonly kind: 'asked-to-wait';
      readonly subscription: string;
      readonly askedMs: number;
      readonly waitMs: number;
    }
  | { readonly kind: 'failing-long'; readonly subscription: string; readonly ms: number; readonly attempts: number }
  | { readonly kind: 'refused-once'; readonly subscription: string; readonly words: string }
  | { readonly kind: 'reclaiming'; readonly subscription: string; readonly times: number; readonly most: number }
  | { readonly kind: 'waiting-displaced'; readonly subscription: string; readonly waitMs: number }
  /** `isSeamless`: the old connection is known to have lived until the new one was accepted. */
  | { readonly kind: 'handed-over'; readonly subscription: string; readonly isSeamless: boolean }
  | {
      readonly kind: 'hand-over-failed';
      readonly subscription: string;
      readonly why: string;
      readonly waitMs: number;
    }
  | {
      readonly kind: 'subscription-ended';
      readonly why: string;
      readonly hint: string | undefined;
      readonly left: number;
    }
  | { readonly kind: 'grant-chosen'; readonly refused: string; readonly worked: string }
  | { readonly kind: 'malformed'; readonly subscription: string; readonly why: string; readonly count?: number }
  | { readonly kind: 'invalid-utf8'; readonly type: string; readonly count?: number }
  | { readonly kind: 'unknown-module'; readonly module: string; readonly count?: number }
  | { readonly kind: 'reader-slow' }
  | { readonly kind: 'reader-stuck' }
  | { readonly kind: 'reader-caught-up'; readonly ms: number }
  | { readonly kind: 'lagging'; readonly type: string; readonly lagMs: number }
  /** Nothing was written for a while: why. */
  | {
      readonly kind: 'silence';
      readonly ms: number;
      readonly received: number;
      readonly filters: readonly { readonly filter: string; readonly passed: number }[];
      readonly connected: boolean;
      /** When something was last written; undefined where nothing was yet. */
      readonly lastOutputAt?: EpochMs | undefined;
    }
  /** The end of a run. */
  | {
      readonly kind: 'finished';
      readonly received: number;
      readonly matched: number;
      readonly repeats: number;
      readonly gaps: number;
      readonly gapMs: number;
    }
  /** The end of forwarding: how many events were delivered (some only after retries), given up, still waiting. */
  | {
      readonly kind: 'forwarded';
      readonly delivered: number;
      readonly retried: number;
      readonly givenUp: number;
      readonly waiting: number;
    }
  /** Something happened at the simulator. */
  | { readonly kind: 'simulated'; readonly what: string; readonly text: string; readonly detail: boolean }
  | { readonly kind: 'failed'; readonly code: string; readonly text: string; readonly hint?: string | undefined };

/** Says something. Never throws, never waits. */
export type Notify = (notice: Notice) => void;
