import type { Clock, EpochMs } from '../../time/clock.ts';
import type { Line } from './line.ts';
import type { Granted } from './media-params.ts';
import type { Media, Product, ProductFacts } from './products.ts';
import type { Script } from './script.ts';
import type { Voices } from './voice.ts';

/** What can be wrong with a stream from some moment on. */
export type Habit =
  | 'burst'
  | 'reorder'
  | 'repeat'
  | 'binary'
  | 'malformed'
  | 'unknown'
  | 'micros'
  | 'revise'
  | 'resize';

/** A media connection that was accepted. */
export type MediaLine = {
  readonly line: Line;
  readonly media: readonly Media[];
  readonly granted: Granted;
  /** Whether the client has said that it is ready since. */
  isReady: boolean;
};

/** One stream, between its start event and its stop event. */
export type Stream = {
  readonly id: string;
  readonly product: Product;
  readonly facts: ProductFacts;
  /** The id of the meeting, session … */
  readonly of: string;
  readonly sessionId: string;
  readonly script: Script;
  readonly voices: Voices;
  /** The time stamp of its first moment, and that moment on the monotonic clock. */
  readonly at: EpochMs;
  readonly startedAt: number;
  /** Which server it is at: one more with each failover. */
  server: number;
  signal: Line | undefined;
  readonly media: Set<MediaLine>;
  readonly subscribed: Set<number>;
  readonly habits: Set<Habit>;
  /** Whether the client was ever ready. */
  hasBegun: boolean;
  /** Up to where each kind was sent, in milliseconds since the start. */
  readonly sent: Record<Media | 'happenings', number>;
  isPaused: boolean;
  /** Nothing of these kinds is sent until then. */
  quiet: { readonly media: readonly Media[]; readonly until: number };
  /** Whether audio from before the first connection is wanted. */
  isBuffered: boolean;
  /** The participant whose video was chosen. */
  videoOf: number | undefined;
  /** Whether the event socket was told of its end. */
  isStopTold: boolean;
  /** Aborted when it has ended. */
  readonly over: AbortController;
};

/** Milliseconds since the start of the stream, at most its length. */
export const offsetOf = ({ startedAt, script }: Stream, clock: Clock): number =>
  Math.min(script.lengthMs, clock.monotonic() - startedAt);

/** The time stamp of a moment: milliseconds, or microseconds where that is the fault. */
export const stamp = ({ at, habits }: Stream, offset: number): number =>
  Math.round(at + offset) * (habits.has('micros') ? 1000 : 1);

export const now = (stream: Stream, clock: Clock): number => stamp(stream, offsetOf(stream, clock));
