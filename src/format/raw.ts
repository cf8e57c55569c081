import type { Format } from './format.ts';

const LINE_BREAK = /\r\n|\r|\n/g;

/** Each frame as it was received, one per line. An event without a frame (a replayed one) is written as its own text. */
export const raw: Format = {
  event: (delivery) => oneLine(delivery.frame ?? delivery.raw),
  lifecycle: (lifecycle) => lifecycle.raw,
  control: ({ frame }) => oneLine(frame),
};

/** The text of a frame on one line: a line break becomes `\n`, which leaves JSON's own escapes as they are. */
const oneLine = (frame: string): string => (/[\r\n]/.test(frame) ? frame.replace(LINE_BREAK, '\\n') : frame);
