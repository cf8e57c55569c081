import { createDedupe } from '../../flow/dedupe.ts';
import type { Clock } from '../../time/clock.ts';

/** Zoom's last retry comes 85 minutes after the first attempt; whoever allows more age gets more memory. */
const LEAST_MS = 130 * 60_000;
const BEYOND_AGE_MS = 10 * 60_000;

/** Two generations of so many: the last million and more are remembered, in 50 MB at most. */
const GENERATION = 2 ** 20;

/** Remembers what was queued for as long as the same event may come again. */
export const createSeen = (clock: Pick<Clock, 'monotonic'>, maxAgeMs: number) =>
  createDedupe(clock, {
    rememberedMs: Math.max(LEAST_MS, maxAgeMs + BEYOND_AGE_MS),
    generation: GENERATION,
  });
