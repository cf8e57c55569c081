/** The file that is being appended to. Not to be called again before the last call has resolved. */
export type Part = {
  /** Appends whole lines. They reach the file now, or with the next flush. */
  write(lines: Buffer): Promise<void>;
  /** Resolves when everything is in the file, and can be read from it. */
  flush(): Promise<void>;
  /** Resolves when what is in the file is on the disk. May run beside the others. */
  sync(): Promise<void>;
  /** Ends what has an end, brings everything to the disk and closes the file. */
  close(): Promise<void>;
  /** The size of the file at most: exact after `flush`. */
  size(): number;
};
