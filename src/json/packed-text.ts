/** An event's own JSON text in UTF-8: valid, on one line, with a line break behind it. */
export type PackedText = {
  /** Shared by many events; what lies outside `start` and `end` is theirs. */
  readonly arena: Buffer;
  readonly start: number;
  /** Where the line break stands. */
  readonly end: number;
  /** False where it is known that no top-level key is a literal `download_token`. */
  readonly hasToken?: boolean;
};
