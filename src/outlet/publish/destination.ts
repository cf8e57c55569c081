/** One event on its way to an engine. */
export type Item = {
  /** `_meta.id`; by it the engine knows a repeat. */
  readonly id: string;
  /** Zoom's `event`; empty where the event names none. */
  readonly type: string;
  /** The event's text without `_meta` and line end. */
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly subscription: string;
};

/** What became of an item: stored, known already, or not taken because of its content (in words). */
export type Outcome = 'stored' | 'known' | { readonly refused: string };

/** An engine that is connected, and whose stream or table was looked at. */
export type Session = {
  /**
   * Publishes the items in order. Resolves, with an outcome for each, when all are confirmed; rejects when the engine is
   * lost or silent: then any of them may have been stored.
   */
  publish(items: readonly Item[]): Promise<readonly Outcome[]>;
  /** Of these items, the ids that are stored already although the engine may have forgotten them; mostly none. */
  known(items: readonly Item[]): Promise<ReadonlySet<string>>;
  /** Resolves, with the reason, when the engine is lost while nothing is being published; not every client tells. */
  readonly lost: Promise<unknown>;
  close(): Promise<void>;
};

/** Where events are published to. */
export type Destination = {
  /** How messages name it, without secrets. */
  readonly shown: string;
  /** Whether our own `zoom_ws.*` events go there too. */
  readonly takesLifecycle: boolean;
  /** The most items in one `publish`. */
  readonly batch: number;
  /**
   * Connects. Throws a `ZoomWsError`: `refused` where it was reached and said no (credentials, permission, no such stream
   * or table), `unreachable` where another attempt may help.
   */
  connect(signal: AbortSignal): Promise<Session>;
};
