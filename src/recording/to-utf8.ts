import { TextDecoder } from 'node:util';
import type { Chunks } from './byte-queue.ts';

const UTF8_BOM = Buffer.of(0xef, 0xbb, 0xbf);

/**
 * Passes UTF-8 through without its byte order mark, and turns UTF-16 (what PowerShell's `>` writes) into UTF-8. Told by
 * the mark, or without one by the zero byte beside the first character, which in JSON is always ASCII.
 */
export async function* toUtf8(chunks: Chunks): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    if (chunk.length === 0) {
      yield chunk;
      continue;
    }
    let bytes: Buffer = chunk;
    if (head !== undefined) {
      bytes = Buffer.concat([head, chunk]);
      // Two bytes tell UTF-16, three the mark of UTF-8; what is shorter holds no event.
      head = bytes.length < UTF8_BOM.length ? bytes : undefined;
      if (head !== undefined) continue;
      const encoding = utf16Of(bytes);
      if (encoding !== undefined) decoder = new TextDecoder(encoding);
      else if (bytes.subarray(0, UTF8_BOM.length).equals(UTF8_BOM)) bytes = bytes.subarray(UTF8_BOM.length);
    }
    if (decoder !== undefined) bytes = Buffer.from(decoder.decode(bytes, { stream: true }));
    if (bytes.length > 0) yield bytes;
  }
  if (head !== undefined && head.length > 0) yield head;
}

const utf16Of = (bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined => {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return undefined;
};
