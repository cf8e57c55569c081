import type { Clock } from '../time/clock.ts';
import { createElapsed } from '../time/elapsed.ts';

/** Whoever watches looks at least this often, so that a longer time between two looks means that the process stood still. */
export const LOOK_MS = 5_000;
/** A wait this much longer than asked means that the machine slept or the process stood still. */
export const JUMP_MS = 2_000;
/** Without an answer to a heartbeat, what is read this soon after a standstill may still have waited in a buffer. */
const SETTLE_MS = 60_000;
/** More heartbeats without an answer are not remembered: at one every 30 s, eight hours. */
const MOST_UNANSWERED = 1_000;

/** Knows until when a connection is proven to have lived. */
export type Pulse = {
  /** Something was read. */
  heard(): void;
  /** What was read answers a heartbeat. The answer: how long ago that was sent, in milliseconds, if one was. */
  answered(): number | undefined;
  /** A heartbeat was sent. */
  beat(): void;
  /** To be called at least every `LOOK_MS`. */
  look(): void;
  /** Reading stops and goes on. */
  pause(): void;
  resume(): void;
  /** Whether what is read now may have waited in a buffer, and so proves nothing. */
  isInDoubt(): boolean;
  /** How long ago the connection was last known to live, in milliseconds, time asleep included. */
  silentMs(): number;
};

/**
 * What is read proves life now, unless we were not listening before: after a pause, or after the process stood still, it
 * may have waited in a buffer while the other side died. Then an answer proves life for the time of its heartbeat only,
 * until one that was sent after the standstill is answered.
 */
export const createPulse = (clock: Pick<Clock, 'now' | 'monotonic'>): Pulse => {
  const elapsed = createElapsed(clock);
  let provenAt = elapsed();
  let lookedAt = provenAt;
  /** From when on what is read is new. */
  let freshAt = Number.NEGATIVE_INFINITY;
  /** Since when nothing stands between us and the network. */
  let listeningAt = provenAt;
  let unanswered: number[] = [];

  const listen = (now: number): void => {
    listeningAt = now;
    freshAt = now + SETTLE_MS;
  };

  const look = (): number => {
    const now = elapsed();
    if (now - lookedAt > LOOK_MS + JUMP_MS && freshAt !== Number.POSITIVE_INFINITY) listen(now);
    lookedAt = now;
    return now;
  };
  return {
    look,
    heard() {
      const now = look();
      if (now >= freshAt) provenAt = now;
    },
    answered() {
      const sentAt = unanswered.shift();
      if (sentAt !== undefined && sentAt >= listeningAt) freshAt = Number.NEGATIVE_INFINITY;
      if (elapsed() >= freshAt) unanswered = [];
      provenAt = Math.max(provenAt, sentAt ?? provenAt);
      return sentAt === undefined ? undefined : elapsed() - sentAt;
    },
    beat() {
      const now = look();
      if (unanswered.length < MOST_UNANSWERED) unanswered.push(now);
    },
    pause() {
      look();
      freshAt = listeningAt = Number.POSITIVE_INFINITY;
    },
    resume() {
      listen(look());
    },
    isInDoubt: () => look() < freshAt,
    silentMs: () => elapsed() - provenAt,
  };
};
