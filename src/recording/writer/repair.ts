import type { FileHandle } from 'node:fs/promises';
import { repairPacked } from './repair-packed.ts';

/** What had to be done before anything could be appended to an existing file. */
export type Repair =
  | { readonly kind: 'sound' }
  /** The last line had no end, and has one now. */
  | { readonly kind: 'closed off' }
  /** A gzip member that was cut off ends after its last whole line now; so many bytes of another line were dropped. */
  | { readonly kind: 'completed'; readonly dropped: number }
  /** Nothing may be appended to it. */
  | { readonly kind: 'hopeless'; readonly why: string };

/** Makes whole what a crash has cut, so that what is appended can be read as well as what stands there. */
export const repair = async (file: FileHandle, packed: boolean): Promise<Repair> => {
  const { size } = await file.stat();
  if (size === 0) return { kind: 'sound' };
  if (packed) return repairPacked(file, size);
  const head = await bytesAt(file, 0, 2);
  if (head[0] === 0x1f && head[1] === 0x8b)
    return { kind: 'hopeless', why: 'it is gzip, and its name does not end in .gz' };
  const [last] = await bytesAt(file, size - 1, 1);
  if (last === 0x0a) return { kind: 'sound' };
  await file.write('\n', size);
  return { kind: 'closed off' };
};

const bytesAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};
