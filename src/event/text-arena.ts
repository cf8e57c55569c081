import type { PackedText } from '../json/packed-text.ts';

/** Memory that events' texts are put into, one behind the other, so that what follows each other is written at once. */
export type TextArena = {
  /** Where `size` bytes can be put next; what is there counts only once it is `take`n. */
  room(size: number): { readonly arena: Buffer; readonly at: number };
  /** Takes what now stands from the last `room` up to `end`, and puts the line break behind it. `hasToken`: see PackedText. */
  take(end: number, hasToken?: boolean): PackedText;
};

/** As much as one read from the network brings; a larger text gets its own. */
const ARENA = 64 * 1024;
const LINE_BREAK = 0x0a;

export const createTextArena = (): TextArena => {
  let arena = Buffer.alloc(0);
  let used = 0;
  return {
    room(size) {
      // One more for the line break.
      if (arena.length - used <= size) {
        arena = Buffer.allocUnsafeSlow(Math.max(ARENA, size + 1));
        used = 0;
      }
      return { arena, at: used };
    },
    take(end, hasToken = true) {
      const start = used;
      arena[end] = LINE_BREAK;
      used = end + 1;
      return { arena, start, end, hasToken };
    },
  };
};
