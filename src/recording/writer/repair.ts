import type { FileHandle } from 'node:fs/promises';
import type { Repair } from './repair-outcome.ts';
import { repairPacked } from './repair-packed.ts';

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
