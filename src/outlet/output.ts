import type { Format } from '../format/format.ts';
import type { Sink } from './sink.ts';

/** One way out: a format, where it goes, and what besides events belongs there. */
export type Output = {
  readonly format: Format;
  readonly sink: Sink;
  /** Whether `zoom_ws.*` events are written too. */
  readonly lifecycle: boolean;
  /** Whether frames that are no events are written too (`-o raw`). */
  readonly control: boolean;
};
