import type { Chunks } from './byte-queue.ts';
import type { Input } from './input.ts';
import { type Damage, type LineCounts, readLines } from './lines.ts';
import { type Batches, merge } from './merge.ts';
import { readError } from './read-error.ts';
import { toUtf8 } from './to-utf8.ts';
import { unpack } from './unpack.ts';

export type ReadOptions = {
  /**
   * Events of a type for which this is false are passed over. They are counted, but not checked to the last byte, which
   * is what makes looking for a few types in a large recording fast.
   */
  readonly wants?: ((type: string) => boolean) | undefined;
  /** Checks those to the last byte, too: slower, and no damage goes unseen. */
  readonly checksAll?: boolean | undefined;
  /** Told of each line, or piece of a `.gz`, that could not be read; reading goes on after it. */
  readonly onDamage: (damage: Damage & { readonly name: string }) => void;
  /** Grows while the recording is read. */
  readonly counts: LineCounts;
};

/**
 * Reads recordings, merged by time: NDJSON as `--record` writes it or as Zoom sent it, also gzipped, UTF-16 or with CRLF.
 * `_meta` is taken off again. Constant memory. Blank lines are passed over.
 */
export const readRecordings = (inputs: readonly Input[], options: ReadOptions): Batches => {
  const [only, ...others] = inputs.map((input) => readRecording(input, input.chunks, options));
  return only !== undefined && others.length === 0 ? only : merge(only === undefined ? [] : [only, ...others]);
};

/** Reads one recording out of the bytes of its file. Throws `damaged` where they cannot be read on. */
export const readRecording = ({ name }: Pick<Input, 'name'>, chunks: Chunks, options: ReadOptions): Batches => {
  const { wants, checksAll, counts, onDamage } = options;
  // Told, but no line: a recording that is cut off between two lines has all its lines.
  const onPackingDamage = (why: string) => onDamage({ name, line: undefined, why });
  return readLines(toUtf8(unpackIfPacked(readable(name, chunks), onPackingDamage)), {
    wants,
    checksAll,
    counts,
    onDamage: (damage) => onDamage({ name, ...damage }),
  });
};

async function* readable(name: string, chunks: Chunks): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    throw readError(name, error);
  }
}

async function* unpackIfPacked(chunks: Chunks, onDamage: (why: string) => void): AsyncGenerator<Buffer> {
  const input = chunks[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => input };
  let head: Buffer = Buffer.alloc(0);
  // By the two bytes of the magic, whatever the file is called and also on stdin; an event begins with neither.
  while (head.length < 2) {
    const { done, value } = await input.next();
    if (done) {
      if (head.length > 0) yield head;
      return;
    }
    if (value.length === 0) yield value;
    else head = Buffer.concat([head, value]);
  }
  const all = (async function* () {
    yield head;
    yield* rest;
  })();
  yield* head[0] === 0x1f && head[1] === 0x8b ? unpack(all, onDamage) : all;
}
