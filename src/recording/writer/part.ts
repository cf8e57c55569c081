/** The file that is being appended to. Not to be called again before the last call has resolved. */
export type Part = {
  /** Appends whole lines. They reach the file now, or with the next flush. */
  write(lines: Buffer): Promise<void>;
  /** Resolves when everything is on disk. */
  flush(): Promise<void>;
  /** Flushes, and ends what has an end. */
  close(): Promise<void>;
  /** The size of the file at most: exact after `flush`. */
  size(): number;
  /** Whether something was written that `flush` has yet to bring to disk. */
  dirty(): boolean;
};
