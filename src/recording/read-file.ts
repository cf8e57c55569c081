import type { FileHandle } from 'node:fs/promises';

/** Reads a file in blocks, the next one while the last is used: what is yielded is good until the pull after the next. */
export async function* readFile(file: Pick<FileHandle, 'read'>, blockBytes: number): AsyncGenerator<Buffer> {
  let current = Buffer.allocUnsafe(blockBytes);
  let ahead = Buffer.allocUnsafe(blockBytes);
  let reading = file.read(current, 0, blockBytes, null);
  for (;;) {
    const { bytesRead } = await reading;
    if (bytesRead === 0) return;
    reading = file.read(ahead, 0, blockBytes, null);
    // Whoever stops pulling leaves a read behind; its failure is nobody's concern then.
    reading.catch(() => {});
    yield current.subarray(0, bytesRead);
    [current, ahead] = [ahead, current];
  }
}
