import { crc32, gzipSync } from 'node:zlib';
import { gzipHeaderLength } from '../gzip-header.ts';
import { createInflater } from '../inflate.ts';
import { EMPTY_LAST_BLOCK, FLUSH_MARK, gzipTrailer, lastMemberIn } from './member.ts';

/** How much of a member that was cut off is kept, and what makes it whole. */
export type Completion = { readonly kept: number; readonly ending: Buffer };

/** How many flushes are tried, from the last one backwards: what looks like one can also be chance. */
const TRIES = 16;

const STEP_BYTES = 2 ** 14;

const NOTHING = Buffer.alloc(0);

/** zlib says that a stream has ended when there is a byte that it does not take. */
const ONE_MORE = Buffer.alloc(1);

/** Completes a member that begins at `start` in its file; undefined if it was never flushed and is not of ours. */
export const completeMember = async (member: Buffer, start: number): Promise<Completion | undefined> => {
  const header = gzipHeaderLength(member);
  if (typeof header !== 'number') return { kept: 0, ending: NOTHING };
  const data = member.subarray(header);

  const all = await inflated(Buffer.concat([data, ONE_MORE]));
  // The text is whole, only the checksum behind it was cut.
  if (all.state === 'ended') return { kept: header + all.consumed, ending: endingOf(all) };

  let mark = data.lastIndexOf(FLUSH_MARK);
  for (let tries = 0; mark >= 0 && tries < TRIES; tries += 1) {
    const end = mark + FLUSH_MARK.length;
    const ended = await inflated(Buffer.concat([data.subarray(0, end), EMPTY_LAST_BLOCK, ONE_MORE]));
    if (ended.state === 'ended' && ended.consumed === end + EMPTY_LAST_BLOCK.length) {
      return { kept: header + end, ending: Buffer.concat([EMPTY_LAST_BLOCK, endingOf(ended)]) };
    }
    mark = mark === 0 ? -1 : data.lastIndexOf(FLUSH_MARK, mark - 1);
  }
  // Of ours nothing is lost by this: without a flush nothing of it was promised.
  return lastMemberIn(member, start) === start ? { kept: 0, ending: NOTHING } : undefined;
};

type Whole = {
  readonly state: 'more' | 'ended' | 'damaged';
  readonly consumed: number;
  readonly checksum: number;
  readonly length: number;
  readonly endsLine: boolean;
};

const inflated = async (data: Buffer): Promise<Whole> => {
  const inflater = createInflater();
  const whole = { state: 'more' as Whole['state'], consumed: 0, checksum: 0, length: 0, endsLine: true };
  try {
    while (whole.state === 'more' && whole.consumed < data.length) {
      const { text, consumed, state } = await inflater.step(data.subarray(whole.consumed, whole.consumed + STEP_BYTES));
      for (const part of text) {
        whole.checksum = crc32(part, whole.checksum);
        whole.length += part.length;
        whole.endsLine = part.at(-1) === 0x0a;
      }
      whole.consumed += consumed;
      whole.state = state;
    }
    return whole;
  } finally {
    inflater.close();
  }
};

/** The checksum; and where the text stopped in the middle of a line, a member that closes it off. */
const endingOf = ({ checksum, length, endsLine }: Whole): Buffer =>
  Buffer.concat([gzipTrailer(checksum, length), endsLine ? NOTHING : gzipSync('\n')]);
