/** Whole lines: their bytes, the last of which is a line feed, and the same as text, one character per byte. */
export type Block = {
  readonly bytes: Buffer;
  readonly text: string;
  /** Whether every byte is ASCII, so that `text` is the text itself. */
  readonly ascii: boolean;
};
