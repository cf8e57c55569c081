import type { PackedText } from '../json/packed-text.ts';
import type { EpochMs } from '../time/clock.ts';

/** One event, as Zoom sent it. */
export type Delivery = {
  readonly kind: 'event';
  /**
   * The event's own JSON text, character for character as Zoom sent it: known to be valid JSON, an object, on one
   * line, and well-formed Unicode (a lone surrogate stands as its `\uXXXX` escape).
   */
  readonly raw: string;
  /** The same text as bytes, where it came as bytes: what is written or hashed as it is needs no string. */
  readonly packed?: PackedText;
  /** Zoom's `event`; empty where the event names none. */
  readonly type: string;
  /** When it reached us; in a replay, when it reached the recorder. Undefined where a recording does not say. */
  readonly receivedAt: EpochMs | undefined;
  /** What brought it, as `_meta` names it: the id of a subscription, or the kind of another source; empty where unknown. */
  readonly subscription: string;
  /** The whole frame; kept only where the output is `raw`. */
  readonly frame?: string;
  /** Where `--redact` has changed the text: the id of the original. */
  readonly maskedId?: string;
  /** The text of the `_meta` object that a recording holds for it. */
  readonly meta?: string;
  /** Its place in the stream that it was read from, and whether that gave it before. */
  readonly stored?: { readonly seq: number; readonly redelivered: boolean };
  /** Zoom's `x-zm-request-id`, where it came by webhook. */
  readonly requestId?: string;
  /** Present where somebody waits until it is on disk. */
  readonly receipt?: Receipt;
};

/** What becomes of an event for whoever waits for it. Exactly one is called, once. */
export type Receipt = { readonly kept: () => void; readonly lost: () => void };

/** A frame that is not an event; travels only where the output is `raw`. */
export type ControlFrame = { readonly kind: 'control'; readonly frame: string; readonly receivedAt: EpochMs };

/** What happened to the connection, in the shape of Zoom's own events. */
export type Lifecycle = {
  readonly kind: 'lifecycle';
  /** `zoom_ws.connected`, `zoom_ws.gap` … */
  readonly type: string;
  /** The event's JSON text, without `_meta`. */
  readonly raw: string;
  readonly receivedAt: EpochMs | undefined;
};

/** Whatever comes out of a source, in the order it happened. */
export type Arrival = Delivery | ControlFrame | Lifecycle;

/** Arrivals in batches: all that came since the last pull. A batch is never empty. */
export type Arrivals = AsyncIterable<readonly Arrival[]>;
