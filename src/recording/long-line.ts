import { LARGEST_FRAME } from '../event/largest-frame.ts';

/** What a recorder adds to an event, `_meta`, has some hundred bytes. */
const META_BYTES = 2 ** 16;

/**
 * The longest line that is kept, in bytes: the longest event that can have been received and recorded. What is longer is
 * no event, and must not cost the memory of the machine.
 */
export const LONGEST_LINE = LARGEST_FRAME + META_BYTES;

/** A line that is not yet whole, put together of pieces. */
export type LongLine = {
  /** How many bytes have come, also of those that were not kept. */
  length(): number;
  add(piece: Buffer): void;
  /** The whole line, beginning anew; undefined if it was too long to be kept. */
  finish(piece: Buffer): Buffer | undefined;
};

export const createLongLine = (): LongLine => {
  let pieces: Buffer[] = [];
  let length = 0;
  const add = (piece: Buffer): void => {
    length += piece.length;
    if (length > LONGEST_LINE) pieces = [];
    // A copy: the giver may use its buffer again.
    else pieces.push(Buffer.from(piece));
  };
  return {
    length: () => length,
    add,
    finish(piece) {
      add(piece);
      const whole = length > LONGEST_LINE ? undefined : Buffer.concat(pieces);
      pieces = [];
      length = 0;
      return whole;
    },
  };
};
