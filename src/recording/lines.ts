import { isAscii, isUtf8 } from 'node:buffer';
import type { Arrival } from '../event/arrival.ts';
import type { Block } from './block.ts';
import type { Chunks } from './byte-queue.ts';
import { createReadLine, type ReadLine } from './line.ts';
import { createLongLine } from './long-line.ts';

/** A line that could not be read. */
export type Damage = {
  /** Counted from 1; of a `.gz`, in the text. Undefined where the damage is in the compression. */
  readonly line: number | undefined;
  readonly why: string;
};

/** What was read so far. Grows while the lines are read. */
export type LineCounts = {
  /** Zoom's events, those that were passed over among them. */
  events: number;
  /** Lines that could not be read. */
  damaged: number;
};

export type LineOptions = {
  /** Events of a type for which this is false are looked at, counted and passed over. */
  readonly wants?: ((type: string) => boolean) | undefined;
  /** Checks also what is passed over to its last byte. */
  readonly checksAll?: boolean | undefined;
  readonly onDamage: (damage: Damage) => void;
  readonly counts: LineCounts;
};

/**
 * How much is made text at a time. Small strings are short-lived ones for the garbage collector: 256 KiB took three
 * times as long per byte.
 */
const BLOCK_BYTES = 2 ** 16;

const LINE_FEED = 0x0a;

/**
 * Reads UTF-8 lines as arrivals, in batches. An empty batch means: nothing more at the moment. Damaged lines are told and
 * counted, the rest goes on; memory is bounded whatever the length of the file or of a line.
 */
export async function* readLines(chunks: Chunks, options: LineOptions): AsyncGenerator<readonly Arrival[]> {
  const readLine = createReadLine(options.wants, options.checksAll ?? false);
  const rest = createLongLine();
  const position = { line: 0 };
  for await (const chunk of chunks) {
    if (chunk.length === 0) {
      yield [];
      continue;
    }
    let from = 0;
    while (from < chunk.length) {
      const cut = rest.length() > 0 ? chunk.indexOf(LINE_FEED, from) : lastLineFeed(chunk, from);
      const to = cut < 0 ? chunk.length : cut + 1;
      const piece = chunk.subarray(from, to);
      from = to;
      if (cut < 0) rest.add(piece);
      const batch =
        cut < 0 ? [] : readPiece(rest.length() > 0 ? rest.finish(piece) : piece, readLine, position, options);
      if (batch.length > 0) yield batch;
    }
  }
  if (rest.length() === 0) return;
  const batch = readPiece(rest.finish(Buffer.of(LINE_FEED)), readLine, position, options);
  if (batch.length > 0) yield batch;
}

/** The last line feed of the block that begins at `from`; of a longer line, its own. */
const lastLineFeed = (chunk: Buffer, from: number): number => {
  const at = chunk.lastIndexOf(LINE_FEED, from + BLOCK_BYTES - 1);
  return at >= from ? at : chunk.indexOf(LINE_FEED, from);
};

/** Reads whole lines; undefined stands for one that was too long to be kept. */
const readPiece = (
  bytes: Buffer | undefined,
  readLine: ReadLine,
  position: { line: number },
  { counts, onDamage }: LineOptions,
): Arrival[] => {
  const batch: Arrival[] = [];
  const damage = (why: string) => {
    counts.damaged += 1;
    onDamage({ line: position.line, why });
  };
  if (bytes === undefined) {
    position.line += 1;
    damage('longer than any event');
    return batch;
  }
  const ascii = isAscii(bytes);
  const block: Block = { bytes, text: bytes.toString('latin1'), ascii };
  const sound = ascii || isUtf8(bytes);
  for (let start = 0; start < bytes.length; ) {
    const end = block.text.indexOf('\n', start);
    position.line += 1;
    if (sound || isUtf8(bytes.subarray(start, end))) {
      const line = readLine(block, start, end);
      if (line === 'passed over') counts.events += 1;
      else if (line !== 'blank') {
        if (line.kind === 'damaged') damage(line.why);
        else batch.push(line);
        if (line.kind === 'event') counts.events += 1;
      }
    } else damage('not valid UTF-8');
    start = end + 1;
  }
  return batch;
};
