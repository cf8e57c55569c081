import type { Arrival } from '../event/arrival.ts';
import type { PackedText } from '../json/packed-text.ts';
import type { Layout } from './layout.ts';

/**
 * All lines of a batch, joined for one write. Where a line is an event's text as it came, its bytes are taken, and
 * those that stand side by side are not even copied. `seq` is the number of the first event among the arrivals.
 */
export const joinLines = (arrivals: readonly Arrival[], layout: Layout, firstSeq: number): string | Buffer => {
  const pieces: Buffer[] = [];
  let text = '';
  let run: Run | undefined;
  let seq = firstSeq;

  const endRun = (): void => {
    if (run) pieces.push(run.arena.subarray(run.start, run.end + 1));
    run = undefined;
  };
  for (const arrival of arrivals) {
    const packed = arrival.kind === 'event' && layout.format.isVerbatim ? arrival.packed : undefined;
    if (packed === undefined) {
      const line = lineOf(arrival, layout, seq);
      if (line !== '') {
        endRun();
        text += line;
      }
    } else if (run !== undefined && run.arena === packed.arena && run.end + 1 === packed.start) {
      run.end = packed.end;
    } else {
      endRun();
      if (text !== '') pieces.push(Buffer.from(text));
      text = '';
      run = { arena: packed.arena, start: packed.start, end: packed.end };
    }
    if (arrival.kind === 'event') seq += 1;
  }
  endRun();
  if (pieces.length === 0) return text;
  if (text !== '') pieces.push(Buffer.from(text));
  const [only, ...more] = pieces;
  return only !== undefined && more.length === 0 ? only : Buffer.concat(pieces);
};

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
