import type { Format } from '../format.ts';
import { sanitize } from '../sanitize.ts';

export type PrettyOptions = {
  readonly color: boolean;
  readonly columns: () => number;
  readonly utc: boolean;
  readonly details: boolean;
};

/** Placeholder until the real one lands. */
export const createPretty = (_options: PrettyOptions): Format => ({
  event: ({ raw }) => sanitize(raw),
  lifecycle: ({ raw }) => sanitize(raw),
  control: ({ frame }) => sanitize(frame),
});
