import { gzipSync } from 'node:zlib';
import { gzipHeaderLength } from '../gzip-header.ts';
import { type DeflatedText, inflateText } from './deflated-text.ts';
import { EMPTY_LAST_BLOCK, FLUSH_MARK, gzipTrailer, lastMemberIn } from './member.ts';
import { rescueLines } from './rescue-lines.ts';

/** How much of a member that was cut off is kept, and what is written behind it. */
export type Completion = {
  readonly kept: number;
  /** What makes it whole, and the lines that could be read behind what is kept. */
  readonly ending: Buffer;
  /** How many bytes of text, of a last line that was cut, are given up. */
  readonly dropped: number;
};

/** How many flushes are tried, from the last one backwards: what looks like one can also be chance. */
const TRIES = 16;

const NOTHING = Buffer.alloc(0);

/** zlib says that a stream has ended when there is a byte that it does not take. */
const ONE_MORE = Buffer.alloc(1);

/** Completes a member that begins at `start` in its file; undefined if it was never flushed and is not of ours. */
export const completeMember = async (member: Buffer, start: number): Promise<Completion | undefined> => {
  const header = gzipHeaderLength(member);
  if (typeof header !== 'number') return { kept: 0, ending: NOTHING, dropped: 0 };
  const data = member.subarray(header);

  const all = await inflateText(Buffer.concat([data, ONE_MORE]));
  // The text is whole, only the checksum behind it was cut.
  if (all.state === 'ended') {
    const closing = all.wholeLines < all.length ? gzipSync('\n') : NOTHING;
    return { kept: header + all.consumed, ending: Buffer.concat([trailerOf(all), closing]), dropped: 0 };
  }
  const cut = await inflateText(data);

  let mark = data.lastIndexOf(FLUSH_MARK);
  for (let tries = 0; mark >= 0 && tries < TRIES; tries += 1) {
    const end = mark + FLUSH_MARK.length;
    const ended = await inflateText(Buffer.concat([data.subarray(0, end), EMPTY_LAST_BLOCK, ONE_MORE]));
    if (ended.state === 'ended' && ended.consumed === end + EMPTY_LAST_BLOCK.length) {
      const whole = Buffer.concat([EMPTY_LAST_BLOCK, trailerOf(ended)]);
      const kept = header + end;
      const behind = await rescueLines(data, ended.length, cut, start + kept + whole.length);
      return { kept, ending: Buffer.concat([whole, behind.member]), dropped: behind.dropped };
    }
    mark = mark === 0 ? -1 : data.lastIndexOf(FLUSH_MARK, mark - 1);
  }
  // Of ours nothing is lost by writing it anew; another program's is better left as it is.
  if (lastMemberIn(member, start) !== start) return undefined;
  const { member: ending, dropped } = await rescueLines(data, 0, cut, start);
  return { kept: 0, ending, dropped };
};

const trailerOf = ({ checksum, length }: DeflatedText): Buffer => gzipTrailer(checksum, length);
