import { type NumberEnds, SENT_DIGITS, SEQ_DIGITS } from './events.ts';

/** Texts laid out in one buffer, whose numbers can be written over without moving anything. */
export type Block = {
  readonly bytes: Buffer;
  /** How many texts it holds. */
  readonly count: number;
  /** Where text `index` begins; `at(count)` is the end. */
  at(index: number): number;
  /**
   * Numbers the texts as if the first were `firstSeq`, in steps of `step`, and stamps them with one `sent`; only those from
   * `from` to before `to`, where these are given.
   */
  stamp(firstSeq: number, step: number, sent: number, from?: number, to?: number): void;
};

/** `wrap` puts the bytes that surround a text around it: a frame's header, a line's end. */
export const createBlock = (
  texts: readonly string[],
  ends: NumberEnds,
  wrap: (text: Buffer) => { readonly before: Buffer; readonly after: Buffer },
): Block => {
  const pieces: Buffer[] = [];
  const starts = [0];
  const seqEnds: number[] = [];
  const sentEnds: number[] = [];
  let size = 0;
  for (const text of texts) {
    const body = Buffer.from(text);
    const { before, after } = wrap(body);
    const end = size + before.length + body.length;
    seqEnds.push(end - ends.seq);
    sentEnds.push(end - ends.sent);
    pieces.push(before, body, after);
    size = end + after.length;
    starts.push(size);
  }
  const bytes = Buffer.concat(pieces);
  let stamped = 0;
  return {
    bytes,
    count: texts.length,
    at: (index) => starts[index] ?? size,
    stamp(firstSeq, step, sent, from = 0, to = texts.length) {
      const isWhole = from === 0 && to === texts.length;
      for (let index = from; index < to; index += 1) {
        writeNumber(bytes, seqEnds[index] ?? 0, SEQ_DIGITS, firstSeq + index * step);
        if (sent !== stamped) writeNumber(bytes, sentEnds[index] ?? 0, SENT_DIGITS, sent);
      }
      // A part with a time of its own: the next stamp has to write all of them.
      stamped = isWhole ? sent : Number.NaN;
    },
  };
};

const writeNumber = (bytes: Buffer, end: number, digits: number, value: number): void => {
  let rest = value;
  for (let at = end - 1; at >= end - digits; at -= 1) {
    bytes[at] = 0x30 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
};
