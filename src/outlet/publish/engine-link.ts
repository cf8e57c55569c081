import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Destination, Session } from './destination.ts';

/** The pause before the next attempt, while the destination cannot be reached. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** And where it was reached and refuses: a person has to change something. */
const REFUSED_PAUSE_MS = 30_000;
/** It is said again after this time, and then each time after twice as long. */
const SAY_AGAIN_MS = 60_000;

export type EngineLinkParts = {
  readonly destination: Destination;
  readonly clock: Clock;
  readonly random: () => number;
  readonly notify: Notify;
  /** What waits, in words, for the notices. */
  readonly waiting: () => string;
};

/** Keeps a session with the destination: connects, waits, connects again, and says when that changes. */
export type EngineLink = {
  /** The session; waits for one as long as it takes. Rejects with the signal's reason when that aborts. */
  session(signal: AbortSignal): Promise<Session>;
  /** One attempt, for the start of a run. Throws what the destination says. */
  tryOnce(signal: AbortSignal): Promise<void>;
  /** The session proved to be lost. */
  lost(error: unknown): Promise<void>;
  /** Whether the last that is known of it is that it cannot be used. */
  isDown(): boolean;
  close(): Promise<void>;
};

export const createEngineLink = ({ destination, clock, random, notify, waiting }: EngineLinkParts): EngineLink => {
  let current: Session | undefined;
  let down: { readonly since: number; sayAt: number; everyMs: number } | undefined;
  const { shown } = destination;

  const sayDown = (error: unknown): void => {
    const now = clock.monotonic();
    if (down !== undefined && now < down.sayAt) return;
    const since = down === undefined ? '' : ` for ${formatDuration(now - down.since)}`;
    const known = error instanceof ZoomWsError ? error : undefined;
    const why = (known?.message ?? `${shown}: ${reasonOf(error)}`).replace(/\.$/, '');
    const text = `not publishing${since}: ${why}; ${waiting()} in the spool`;
    const hint = known?.hint;
    notify({ kind: 'warning', text, hint });
    const everyMs = (down?.everyMs ?? SAY_AGAIN_MS / 2) * 2;
    down = { since: down?.since ?? now, sayAt: now + everyMs, everyMs };
  };

  const connect = async (signal: AbortSignal): Promise<Session> => {
    const session = await destination.connect(signal);
    if (down !== undefined) {
      notify({
        kind: 'note',
        text: `publishing to ${shown} again after ${formatDuration(clock.monotonic() - down.since)}; ${waiting()} waited`,
      });
      down = undefined;
    }
    current = session;
    return session;
  };

  return {
    async session(signal) {
      for (let attempt = 0; ; attempt += 1) {
        if (current !== undefined) return current;
        try {
          return await connect(signal);
        } catch (error) {
          signal.throwIfAborted();
          sayDown(error);
          const isRefusal = error instanceof ZoomWsError && error.code === 'refused';
          const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
          await clock.sleep(isRefusal ? REFUSED_PAUSE_MS : Math.max(FIRST_PAUSE_MS, most * random()), signal);
        }
      }
    },
    async tryOnce(signal) {
      await connect(signal);
    },
    async lost(error) {
      const session = current;
      current = undefined;
      sayDown(error);
      await session?.close().catch(() => {});
    },
    isDown: () => down !== undefined,
    async close() {
      await current?.close().catch(() => {});
      current = undefined;
    },
  };
};
