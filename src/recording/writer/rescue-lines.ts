import { LONGEST_LINE } from '../long-line.ts';
import { type DeflatedText, inflateText } from './deflated-text.ts';
import { packMember } from './pack-member.ts';

/**
 * The lines that can be read in the deflated `data` behind the first `from` bytes of its text, as a member for `offset`
 * of the file; empty if there are none. What is left of a last line is dropped, unless it is an event that lacks nothing
 * but its line feed. `all` is what inflating the data gave before. Only packed bytes are held.
 */
export const rescueLines = async (
  data: Buffer,
  from: number,
  all: DeflatedText,
  offset: number,
): Promise<{ readonly member: Buffer; readonly dropped: number }> => {
  // A flush of another program can stand in the middle of a line: what there is of it stays with its beginning.
  const goesOn = all.wholeLines < from;
  const rescued = Math.max(from, all.wholeLines);
  const isKept = all.length - rescued <= LONGEST_LINE;
  const rest: Buffer[] = [];
  const member = packMember(offset);
  const packed: Buffer[] = [];
  const pack = async (text: Buffer): Promise<void> => {
    if (text.length > 0) packed.push(await member.write(text));
  };
  let at = 0;
  await inflateText(data, async (text) => {
    await pack(text.subarray(Math.max(0, from - at), Math.max(0, rescued - at)));
    const left = text.subarray(Math.max(0, rescued - at));
    if (isKept && left.length > 0) rest.push(left);
    at += text.length;
  });
  const lastLine = Buffer.concat(rest);
  const keepsLast = lastLine.length > 0 && (goesOn || isEvent(lastLine));
  if (keepsLast) await pack(lastLine);
  if (keepsLast || goesOn) await pack(Buffer.from('\n'));
  packed.push(await member.end());
  const isEmpty = rescued === from && !keepsLast && !goesOn;
  return {
    member: isEmpty ? Buffer.alloc(0) : Buffer.concat(packed),
    dropped: keepsLast ? 0 : all.length - rescued,
  };
};

const isEvent = (line: Buffer): boolean => {
  try {
    const value: unknown = JSON.parse(line.toString());
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
};
