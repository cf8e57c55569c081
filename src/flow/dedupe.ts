import { hash } from 'node:crypto';
import type { Clock } from '../time/clock.ts';

/** How long an event is remembered: an exact repeat within this time is the same event. */
const REMEMBERED_MS = 600_000;

/**
 * How many events one generation remembers; there are two, of at most 12 MiB together. Beyond 262,144 events in ten
 * minutes (437/s, sustained) the oldest are forgotten early: a repeat is then still recognised for as long as it takes
 * that many events to come.
 */
const GENERATION = 2 ** 18;
const SMALLEST = 2 ** 10;

export type Dedupe = {
  /** True if the same text (a string, or its UTF-8) was seen within the time; otherwise remembers it. */
  isRepeat(text: string | Uint8Array): boolean;
  /** As if the text had never been seen. */
  forget(text: string | Uint8Array): void;
};

/** How long, and how many at least, are remembered. */
export type Memory = { readonly rememberedMs: number; readonly generation: number };

const USUAL: Memory = { rememberedMs: REMEMBERED_MS, generation: GENERATION };

/**
 * Recognises exact repeats in bounded memory, by 64 bits of the text's SHA-256 (two different texts among the remembered
 * clash with a chance of 1 in 134 million).
 */
export const createDedupe = (clock: Pick<Clock, 'monotonic'>, { rememberedMs, generation }: Memory = USUAL): Dedupe => {
  let older = createGeneration(clock.monotonic());
  let newer = createGeneration(clock.monotonic());
  return {
    isRepeat(text) {
      const now = clock.monotonic();
      if (newer.size() >= generation || now - newer.since > rememberedMs) {
        older = newer;
        newer = createGeneration(now);
      }
      const digest = hash('sha256', text, 'binary');
      const high = word(digest, 0);
      const low = word(digest, 4);
      const seenAt = newer.find(high, low) ?? older.find(high, low);
      if (seenAt !== undefined && now - seenAt <= rememberedMs) return true;
      newer.add(high, low, now);
      return false;
    },
    forget(text) {
      const digest = hash('sha256', text, 'binary');
      for (const each of [older, newer]) each.forget(word(digest, 0), word(digest, 4));
    },
  };
};

const word = (bytes: string, at: number): number =>
  ((bytes.charCodeAt(at) << 24) |
    (bytes.charCodeAt(at + 1) << 16) |
    (bytes.charCodeAt(at + 2) << 8) |
    bytes.charCodeAt(at + 3)) >>>
  0;

type Generation = {
  readonly since: number;
  size(): number;
  /** When the identity was first seen, or undefined. */
  find(high: number, low: number): number | undefined;
  add(high: number, low: number, at: number): void;
  forget(high: number, low: number): void;
};

/** Stands for a time in a slot whose identity was forgotten: others may have been put behind it. */
const FORGOTTEN = 2 ** 32 - 1;

/** An open-addressing table of identities, each with the second it was seen; grows as it fills. */
const createGeneration = (since: number): Generation => {
  let slots = SMALLEST;
  let table = new Uint32Array(slots * 3);
  let used = 0;

  const slotOf = (high: number, low: number): number => {
    let slot = low & (slots - 1);
    // The third word is the second seen, plus one: 0 marks an empty slot.
    while (table[slot * 3 + 2] !== 0 && (table[slot * 3] !== high || table[slot * 3 + 1] !== low)) {
      slot = (slot + 1) & (slots - 1);
    }
    return slot * 3;
  };

  const put = (high: number, low: number, stamp: number): void => {
    const at = slotOf(high, low);
    if (table[at + 2] === 0) used += 1;
    table[at] = high;
    table[at + 1] = low;
    table[at + 2] = stamp;
  };

  const grow = (): void => {
    const before = table;
    slots *= 2;
    table = new Uint32Array(slots * 3);
    used = 0;
    for (let at = 0; at < before.length; at += 3) {
      const stamp = before[at + 2] ?? 0;
      if (stamp !== 0) put(before[at] ?? 0, before[at + 1] ?? 0, stamp);
    }
  };

  return {
    since,
    size: () => used,
    find(high, low) {
      const stamp = table[slotOf(high, low) + 2] ?? 0;
      return stamp === 0 || stamp === FORGOTTEN ? undefined : since + (stamp - 1) * 1000;
    },
    add(high, low, at) {
      if (used * 2 >= slots) grow();
      put(high, low, Math.floor((at - since) / 1000) + 1);
    },
    forget(high, low) {
      const at = slotOf(high, low);
      if (table[at + 2] !== 0) table[at + 2] = FORGOTTEN;
    },
  };
};
