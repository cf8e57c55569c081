import { createBlock } from './block.ts';
import { BLOCK, EVENT_ENDS, eventTexts, FRAME_ENDS, frameText } from './events.ts';
import { type Faults, inspectLines, NO_FAULTS } from './inspect-lines.ts';

/** What a client is to print: events or whole frames; all, or every second one, which are the `meeting.*`. */
export type Expected = { readonly shape: 'event' | 'frame'; readonly meetingsOnly: boolean; readonly count: number };

export type Checker = {
  take(chunk: Buffer): void;
  /** Lines so far. */
  lines(): number;
  isComplete(): boolean;
  /** What is wrong with the output so far. */
  faults(): Faults;
};

/**
 * Compares an output byte for byte with what was sent, at the cost of a `memcmp`; from the first difference on it looks at
 * each line: is it JSON, which event is it, did that come before.
 */
export const checkOutput = ({ shape, meetingsOnly, count }: Expected): Checker => {
  const step = meetingsOnly ? 2 : 1;
  const texts = eventTexts().filter((_, index) => index % step === 0);
  const lines = shape === 'frame' ? texts.map(frameText) : texts;
  const block = createBlock(lines, shape === 'frame' ? FRAME_ENDS : EVENT_ENDS, () => LINE);
  const total = Math.ceil(count / step);
  let before = 0;
  let index = 0;
  let at = 0;
  block.stamp(0, step, 0);
  let slow: ReturnType<typeof inspectLines> | undefined;
  let started = false;

  const advance = (length: number): void => {
    at += length;
    while (index < block.count && block.at(index + 1) <= at) index += 1;
    if (index < block.count) return;
    before += block.count;
    index = 0;
    at = 0;
    block.stamp((before / block.count) * BLOCK, step, 0);
  };

  const giveUp = (rest: Buffer): void => {
    slow = inspectLines(step, total, before + index);
    slow.take(block.bytes.subarray(block.at(index), at));
    slow.take(rest);
  };

  return {
    take(chunk) {
      if (slow) return slow.take(chunk);
      let from = 0;
      if (!started) from = afterControlFrame(chunk);
      started = true;
      while (from < chunk.length) {
        const length = Math.min(chunk.length - from, block.bytes.length - at);
        if (block.bytes.compare(chunk, from, from + length, at, at + length) !== 0) return giveUp(chunk.subarray(from));
        advance(length);
        from += length;
      }
    },
    lines: () => slow?.lines() ?? before + index,
    isComplete: () => (slow?.lines() ?? before + index) >= total,
    faults: () => slow?.faults() ?? { ...NO_FAULTS, lost: total - before - index },
  };
};

const LINE = { before: Buffer.alloc(0), after: Buffer.from('\n') };

/** A client that prints frames prints Zoom's answer first. */
const afterControlFrame = (chunk: Buffer): number =>
  chunk.subarray(0, 40).includes('"build_connection"') ? chunk.indexOf('\n') + 1 : 0;
