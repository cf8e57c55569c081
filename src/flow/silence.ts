import type { Notify } from '../notice/notice.ts';
import type { Clock } from '../time/clock.ts';
import type { Keep } from './keep.ts';
import type { Tally } from './tally.ts';

/** After this much time without output one line says why; then after twice as long, up to an hour. */
const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** Explains silence: how many events were received, and how many matched which filter. Ends when `signal` aborts. */
export const explainSilence = async (
  tally: Tally,
  keep: Keep,
  isConnected: () => boolean,
  clock: Clock,
  notify: Notify,
  signal: AbortSignal,
): Promise<void> => {
  let quietSince = clock.now();
  let waitMs = FIRST_MS;
  while (!signal.aborted) {
    await clock.sleep(Math.max(1, quietSince + waitMs - clock.now()), signal).catch(() => {});
    if (signal.aborted) return;
    if (tally.lastOutputAt !== undefined && tally.lastOutputAt > quietSince) {
      quietSince = tally.lastOutputAt;
      waitMs = FIRST_MS;
    }
    const ms = clock.now() - quietSince;
    if (ms < waitMs) continue;
    const { received, lastOutputAt } = tally;
    notify({ kind: 'silence', ms, received, filters: keep.tally(), connected: isConnected(), lastOutputAt });
    waitMs += Math.min(waitMs, LONGEST_MS);
  }
};
