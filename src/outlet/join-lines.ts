import type { Arrival } from '../event/arrival.ts';
import type { PackedText } from '../json/packed-text.ts';
import type { Layout } from './layout.ts';

/** Lines are joined up to this size, in bytes; a longer line is a piece of its own. */
const LARGEST_PIECE = 16 * 1024 * 1024;
/** A character takes at most so many bytes in UTF-8. */
const BYTES_PER_UNIT = 3;

/**
 * The lines of a batch, joined into as few pieces as may be: one, for nearly every batch. Where a line is an event's text
 * as it came, its bytes are taken, and those that stand side by side are not even copied. `seq` is the number of the first
 * event among the arrivals.
 */
export function* joinLines(
  arrivals: readonly Arrival[],
  layout: Layout,
  firstSeq: number,
): Generator<string | Buffer, void> {
  let pieces: Buffer[] = [];
  let text = '';
  let run: Run | undefined;
  let seq = firstSeq;
  /** What `pieces`, `text` and `run` take at most. */
  let size = 0;

  const endRun = (): void => {
    if (run) pieces.push(run.arena.subarray(run.start, run.end + 1));
    run = undefined;
  };
  const endText = (): void => {
    if (text !== '') pieces.push(Buffer.from(text));
    text = '';
  };
  const joined = (): string | Buffer => {
    endRun();
    // Text alone stays as it is: the stream encodes it.
    if (pieces.length > 0) endText();
    const [only, ...more] = pieces;
    const all = only === undefined ? text : more.length === 0 ? only : Buffer.concat(pieces);
    pieces = [];
    text = '';
    size = 0;
    return all;
  };
  for (const arrival of arrivals) {
    const packed = arrival.kind === 'event' && layout.format.isVerbatim ? arrival.packed : undefined;
    const line = packed === undefined ? lineOf(arrival, layout, seq) : '';
    const lineSize = packed === undefined ? line.length * BYTES_PER_UNIT : packed.end + 1 - packed.start;
    if (size > 0 && size + lineSize > LARGEST_PIECE) yield joined();
    size += lineSize;
    if (packed === undefined) {
      if (line !== '') {
        endRun();
        text += line;
      }
    } else if (run !== undefined && run.arena === packed.arena && run.end + 1 === packed.start) {
      run.end = packed.end;
    } else {
      endRun();
      endText();
      run = { arena: packed.arena, start: packed.start, end: packed.end };
    }
    if (arrival.kind === 'event') seq += 1;
  }
  if (size > 0) yield joined();
}

/** Packed texts side by side, as one. */
type Run = { readonly arena: PackedText['arena']; readonly start: number; end: number };

const lineOf = (arrival: Arrival, { format, lifecycle, control }: Layout, seq: number): string => {
  switch (arrival.kind) {
    case 'event':
      return ended(format.event(arrival, seq));
    case 'lifecycle':
      return lifecycle ? `${format.lifecycle(arrival)}\n` : '';
    case 'control':
      return control ? `${format.control(arrival)}\n` : '';
    default:
      arrival satisfies never;
      throw new TypeError('an arrival of no known kind');
  }
};

/** A format that has nothing to show of an event makes no line of it. */
const ended = (line: string): string => (line === '' ? '' : `${line}\n`);
