import type { Format } from '../format/format.ts';

/** How arrivals become lines: a format, and what besides events gets a line. */
export type Layout = {
  readonly format: Format;
  /** Whether `zoom_ws.*` events are written too. */
  readonly lifecycle: boolean;
  /** Whether frames that are no events are written too (`-o raw`). */
  readonly control: boolean;
};
