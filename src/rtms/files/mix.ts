import type { WavFile } from './wav-file.ts';

/** Sums are kept for this long, so that late packets are added to sums and not to what was cut off at full scale. */
const KEPT_SECONDS = 70;

/** The sum of all tracks, as 16-bit PCM, mono. */
export type Mix = {
  /** Adds PCM at a position, in frames. */
  add(position: number, data: Buffer): void;
  flush(): void;
  length(): number;
  padTo(frames: number): void;
  close(): void;
};

type Block = { readonly sums: Int32Array; from: number; to: number };

export const createMix = (file: WavFile, rate: number): Mix => {
  const blocks = new Map<number, Block>();
  let longest = file.length();

  const blockAt = (index: number): Block => {
    const known = blocks.get(index);
    if (known) return known;
    const sums = new Int32Array(rate);
    const there = file.length() > index * rate ? file.read(index * rate, rate) : undefined;
    if (there) for (let at = 0; at < rate; at += 1) sums[at] = there.readInt16LE(at * 2);
    const block = { sums, from: rate, to: 0 };
    blocks.set(index, block);
    return block;
  };
  const write = (index: number, block: Block): void => {
    if (block.to <= block.from) return;
    const bytes = Buffer.allocUnsafe((block.to - block.from) * 2);
    for (let at = block.from; at < block.to; at += 1) {
      bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, block.sums[at] ?? 0)), (at - block.from) * 2);
    }
    file.write(index * rate + block.from, bytes);
    block.from = rate;
    block.to = 0;
  };
  const flush = (): void => {
    for (const [index, block] of blocks) write(index, block);
    const oldest = Math.floor(longest / rate) - KEPT_SECONDS;
    for (const index of [...blocks.keys()]) if (index < oldest) blocks.delete(index);
  };
  return {
    add(position, data) {
      const frames = data.length / 2;
      for (let done = 0; done < frames; ) {
        const index = Math.floor((position + done) / rate);
        const block = blockAt(index);
        const from = position + done - index * rate;
        const count = Math.min(frames - done, rate - from);
        for (let at = 0; at < count; at += 1) {
          block.sums[from + at] = (block.sums[from + at] ?? 0) + data.readInt16LE((done + at) * 2);
        }
        block.from = Math.min(block.from, from);
        block.to = Math.max(block.to, from + count);
        done += count;
      }
      longest = Math.max(longest, position + frames);
    },
    flush,
    length: () => longest,
    padTo(frames) {
      flush();
      file.padTo(frames);
    },
    close() {
      flush();
      file.close();
    },
  };
};
