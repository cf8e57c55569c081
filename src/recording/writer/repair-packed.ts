import type { FileHandle } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { createByteQueue } from '../byte-queue.ts';
import { gzipHeaderLength } from '../gzip-header.ts';
import { readFile } from '../read-file.ts';
import { unpackMember } from '../unpack-member.ts';
import { completeMember } from './complete-member.ts';
import { lastMemberIn } from './member.ts';
import type { Repair } from './repair-outcome.ts';

/** How far from the end our own last member is looked for: more than one can be long. */
const LOOK_BACK_BYTES = 2 ** 22;

const READ_BYTES = 2 ** 18;

/** The longest member that is completed; ours are far shorter. A longer one is set aside as it is. */
const LONGEST_MEMBER_BYTES = 2 ** 26;

/** Makes a gzip file whole: what was cut off ends after its last whole line, and a last line has an end. */
export const repairPacked = async (file: FileHandle, size: number): Promise<Repair> => {
  const end = await lastMemberEnd(file, size);
  if (end.kind === 'damaged') return { kind: 'hopeless', why: end.why };
  if (end.kind === 'whole') {
    if (end.endsLine) return { kind: 'sound' };
    await file.write(gzipSync('\n'), 0, null, size);
    return { kind: 'closed off' };
  }
  const member = size - end.start > LONGEST_MEMBER_BYTES ? undefined : await bytesFrom(file, end.start, size);
  const whole = member && (await completeMember(member, end.start));
  if (whole === undefined) return { kind: 'hopeless', why: 'it is cut off, and was never flushed' };
  const place = end.start + whole.kept;
  // Cut only afterwards: who is killed in between has lost no line.
  await writeAt(file, whole.ending, place);
  await file.truncate(place + whole.ending.length);
  await file.datasync();
  return { kind: 'completed', dropped: whole.dropped };
};

type MemberEnd =
  | { readonly kind: 'whole'; readonly endsLine: boolean }
  | { readonly kind: 'cut off'; readonly start: number }
  | { readonly kind: 'damaged'; readonly why: string };

/** Goes over the members, from our last one or else from the first. */
const lastMemberEnd = async (file: FileHandle, size: number): Promise<MemberEnd> => {
  const base = Math.max(0, size - LOOK_BACK_BYTES);
  const start = lastMemberIn(await bytesFrom(file, base, size), base) ?? 0;
  const queue = createByteQueue(readFile(file, READ_BYTES, start));
  let endsLine = true;
  try {
    for (;;) {
      const memberStart = start + queue.dropped();
      const length = gzipHeaderLength(queue.bytes());
      if (length === 'none') return { kind: 'damaged', why: 'it holds something that is not gzip' };
      if (length === 'short') {
        if ((await queue.pull()) !== 'end') continue;
        return queue.bytes().length === 0 ? { kind: 'whole', endsLine } : { kind: 'cut off', start: memberStart };
      }
      queue.drop(length);
      const text = unpackMember(queue);
      let step = await text.next();
      for (; !step.done; step = await text.next()) endsLine = step.value.at(-1) === 0x0a;
      if (step.value === 'cut off') return { kind: 'cut off', start: memberStart };
      if (step.value !== 'whole') return { kind: 'damaged', why: `a compressed part ${step.value}` };
    }
  } finally {
    await queue.close();
  }
};

const writeAt = async (file: FileHandle, bytes: Buffer, position: number): Promise<void> => {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, null, position + written)).bytesWritten;
  }
};

const bytesFrom = async (file: FileHandle, from: number, to: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
};
