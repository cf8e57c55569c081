import { ZoomWsError } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';

export type OnDisplaced = 'exit' | 'wait' | 'reclaim';

/** `wait`: the pauses before each attempt, in minutes; the last one is used ever after. */
const PAUSES_MIN = [1, 2, 4, 8, 15];
/** `wait`: after this much time undisturbed the pauses begin again. */
const UNDISTURBED_MS = 3_600_000;
/** `reclaim`: at most this often … */
const RECLAIMS = 3;
/** … in this time, because two copies of this program must never fight. */
const RECLAIM_WINDOW_MS = 300_000;

export type Displacement = {
  /** Resolves when to connect again; throws `displaced` when not to. */
  next(words: string, signal: AbortSignal): Promise<void>;
};

/** What is done when another client takes the subscription. */
export const createDisplacement = (
  mode: OnDisplaced,
  subscription: string,
  clock: Clock,
  notify: Notify,
): Displacement => {
  let reclaims: number[] = [];
  let pauses = 0;
  let backAt = clock.monotonic();

  const stop = (words: string, more: string): never => {
    throw new ZoomWsError(
      'displaced',
      `Another client connected to subscription ${subscription}, and Zoom allows one at a time${words === '' ? '' : `: it said "${words}"`}.${more}`,
      {
        hint: 'Find the other client (another zoom-ws, a server, a colleague) and stop it, or make a subscription of its own for each. "--on-displaced wait" tries again after a pause.',
      },
    );
  };

  const next = async (words: string, signal: AbortSignal): Promise<void> => {
    const now = clock.monotonic();
    if (mode === 'exit') return stop(words, '');
    if (mode === 'reclaim') {
      reclaims = [...reclaims.filter((at) => now - at < RECLAIM_WINDOW_MS), now];
      if (reclaims.length > RECLAIMS)
        return stop(words, ` It was reclaimed ${RECLAIMS} times in five minutes, and taken again.`);
      return notify({ kind: 'reclaiming', subscription, times: reclaims.length, most: RECLAIMS });
    }
    if (now - backAt >= UNDISTURBED_MS) pauses = 0;
    const waitMs = (PAUSES_MIN[Math.min(pauses, PAUSES_MIN.length - 1)] ?? 15) * 60_000;
    pauses += 1;
    notify({ kind: 'waiting-displaced', subscription, waitMs });
    await clock.sleep(waitMs, signal);
    backAt = clock.monotonic();
  };
  return { next };
};
