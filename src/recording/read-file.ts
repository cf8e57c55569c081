import type { FileHandle } from 'node:fs/promises';

/**
 * Reads a file in blocks, the next one while the last is used: what is yielded is good until the pull after the next.
 * Begins at `start`, or where the file stands (a pipe has no other place).
 */
export async function* readFile(
  file: Pick<FileHandle, 'read'>,
  blockBytes: number,
  start?: number,
): AsyncGenerator<Buffer> {
  let position = start;
  const read = async (buffer: Buffer): Promise<number> => {
    const { bytesRead } = await file.read(buffer, 0, blockBytes, position ?? null);
    if (position !== undefined) position += bytesRead;
    return bytesRead;
  };
  let current = Buffer.allocUnsafe(blockBytes);
  let ahead = Buffer.allocUnsafe(blockBytes);
  let reading = read(current);
  for (;;) {
    const bytesRead = await reading;
    if (bytesRead === 0) return;
    reading = read(ahead);
    // Whoever stops pulling leaves a read behind; its failure no longer matters then.
    reading.catch(() => {});
    yield current.subarray(0, bytesRead);
    [current, ahead] = [ahead, current];
  }
}
