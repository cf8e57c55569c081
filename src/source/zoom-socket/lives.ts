/** From, to, in milliseconds as `createElapsed` counts them. */
export type Span = readonly [number, number];

/** A life counts as proven from its beginning if something was heard this short a time before it. */
export const FRESH_MS = 1_000;
/** A shorter time in which nothing lived is no gap: two clocks cannot be read at once. */
const LEAST_MS = 1;

/** The lives of connections, side by side, and what of the time they leave bare. */
export type Lives<Key extends { silentMs(): number }> = {
  /** One was accepted, `silentMs` after something was last really heard from it. */
  begin(key: Key, now: number, silentMs: number): void;
  /**
   * One has ended: it is known to have lived until `heardAt`, or, if it has an heir, until that one's life began. Answers
   * with the times that were counted on and prove to be bare, up to now; undefined for one that never began.
   */
  end(key: Key, now: number, heardAt: number, heir: Key | undefined): readonly Span[] | undefined;
  /** How many live. */
  living(): number;
  /** The living one that was accepted at this time, if nothing was heard from it since: it may have been dead ever after. */
  unheardSince(at: number, now: number): Key | undefined;
};

type Life<Key> = {
  readonly since: number;
  /** Accepted after a standstill, it may have been dead already when we read of it. */
  isProven: boolean;
  /** Infinity while it lives. */
  to: number;
  heir: Key | undefined;
};

export const createLives = <Key extends { silentMs(): number }>(): Lives<Key> => {
  /** Those that live, and those that ended, as far back as a living one may turn out to have been dead. */
  const lives = new Map<Key, Life<Key>>();

  const isLiving = ({ to }: Life<Key>): boolean => to === Number.POSITIVE_INFINITY;

  /** Until when a life covers the time: an heir covers it from its beginning on, while it lives or if it proved to have. */
  const coverOf = (life: Life<Key>, now: number): number => {
    if (isLiving(life)) return now;
    const heir = life.heir && lives.get(life.heir);
    const isInherited = heir && (heir.isProven || isLiving(heir) || coverOf(heir, now) > heir.since);
    return isInherited ? Math.max(life.to, heir.since) : life.to;
  };

  /** Sets down what can no longer change, and forgets what nothing depends on. */
  const settle = (now: number): void => {
    let oldest = now;
    for (const [key, life] of lives) {
      if (!isLiving(life)) continue;
      const heardAt = now - key.silentMs();
      life.isProven ||= heardAt >= life.since;
      oldest = Math.min(oldest, heardAt);
    }
    for (const life of lives.values()) {
      const heir = life.heir && lives.get(life.heir);
      if (!heir || (!heir.isProven && (isLiving(heir) || heir.heir))) continue;
      if (heir.isProven) life.to = Math.max(life.to, heir.since);
      life.heir = undefined;
    }
    const needed = new Set([...lives.values()].flatMap(({ heir }) => (heir ? [heir] : [])));
    for (const [key, life] of lives) if (!needed.has(key) && !life.heir && life.to < oldest) lives.delete(key);
  };

  return {
    begin(key, now, silentMs) {
      lives.set(key, { since: now, isProven: silentMs <= FRESH_MS, to: Number.POSITIVE_INFINITY, heir: undefined });
    },
    end(key, now, heardAt, heir) {
      const life = lives.get(key);
      if (!life || !isLiving(life)) return undefined;
      const before = [...lives.values()].map((one) => [one, coverOf(one, now)] as const);
      life.isProven ||= heardAt >= life.since;
      life.to = Math.max(life.since, heardAt);
      life.heir = heir;
      const shrunk = before.map(([one, was]) => [coverOf(one, now), was] as const).filter(([is, was]) => is < was);
      const from = Math.min(now, ...shrunk.map(([is]) => is));
      const bare = bareOf(
        [from, now],
        [...lives.values()].map((one): Span => [one.since, coverOf(one, now)]),
      );
      settle(now);
      return bare;
    },
    unheardSince: (at, now) =>
      [...lives].find(([key, life]) => life.since === at && isLiving(life) && now - key.silentMs() <= at)?.[0],
    living: () => [...lives.values()].filter(isLiving).length,
  };
};

/** What of a span no other span covers. One that has no length covers nothing. */
const bareOf = ([from, to]: Span, covered: readonly Span[]): Span[] => {
  const found: Span[] = [];
  let at = from;
  for (const [start, end] of covered.filter(([a, b]) => b > a).toSorted(([a], [b]) => a - b)) {
    if (start >= at + LEAST_MS && start <= to) found.push([at, start]);
    at = Math.max(at, end);
  }
  return at + LEAST_MS <= to ? [...found, [at, to]] : found;
};
