import type { ControlFrame, Delivery, Lifecycle } from '../event/arrival.ts';

/**
 * Turns one arrival into one line: no line break inside, none at the end; an empty one is not written.
 * `seq` counts what is emitted, from 1; a lifecycle event has none.
 */
export type Format = {
  /** Whether the line of an event is its text as it stands: then its bytes will do. */
  readonly isVerbatim?: boolean;
  event(delivery: Delivery, seq: number): string;
  lifecycle(lifecycle: Lifecycle): string;
  /** A frame that is no event; only `raw` is ever asked. */
  control(frame: ControlFrame): string;
};
