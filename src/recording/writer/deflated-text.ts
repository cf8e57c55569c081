import { crc32 } from 'node:zlib';
import { createInflater } from '../inflate.ts';

const STEP_BYTES = 2 ** 14;

/** What stands in deflated data, as far as it can be inflated. */
export type DeflatedText = {
  readonly state: 'more' | 'ended' | 'damaged';
  /** Bytes of the data. */
  readonly consumed: number;
  readonly checksum: number;
  /** Bytes of the text. */
  readonly length: number;
  /** Bytes of the text up to the end of its last whole line. */
  readonly wholeLines: number;
};

/** Inflates `data` step by step; the text, which can be long, is given to `use` and not kept. */
export const inflateText = async (
  data: Buffer,
  use: (text: Buffer) => Promise<void> = async () => {},
): Promise<DeflatedText> => {
  const inflater = createInflater();
  let state: DeflatedText['state'] = 'more';
  let consumed = 0;
  let checksum = 0;
  let length = 0;
  let wholeLines = 0;
  try {
    while (state === 'more' && consumed < data.length) {
      const step = await inflater.step(data.subarray(consumed, consumed + STEP_BYTES));
      for (const part of step.text) {
        checksum = crc32(part, checksum);
        const lineFeed = part.lastIndexOf(0x0a);
        if (lineFeed >= 0) wholeLines = length + lineFeed + 1;
        length += part.length;
        await use(part);
      }
      consumed += step.consumed;
      state = step.state;
    }
    return { state, consumed, checksum, length, wholeLines };
  } finally {
    inflater.close();
  }
};
