/** Where finished lines go. */
export type Sink = {
  /**
   * Takes text that ends in a line break, as a string or in UTF-8; resolves when the sink can take more.
   * Rejects with a `ZoomWsError` when the text cannot be kept (a full disk).
   */
  write(text: string | Buffer): Promise<void>;
  /** Resolves when all that was written has left the process. */
  close(): Promise<void>;
  /** Aborted when nobody reads any more (`| head`): a normal end, not an error. */
  readonly gone: AbortSignal;
};
