/** Milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` counts them. */
export type EpochMs = number;

/** Time as the program sees it. Tests hand in one that moves only when told. */
export type Clock = {
  /** The wall clock: what people read. It can be stepped and can jump after sleep. */
  now(): EpochMs;
  /** Milliseconds since some moment; never steps back. For measuring how long something took. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};
