import type { Clock } from '../../time/clock.ts';
import { createSteadySleep, READ_MS } from './steady-sleep.ts';

/**
 * Zoom's keep-alive is a text frame, not a WebSocket ping [Zoom's documentation, "Using WebSockets"]; it is answered
 * by a frame of the same module.
 */
export const HEARTBEAT = '{"module":"heartbeat"}';

/** Woken later than this, the process was busy or stood still: what waits is read before anything is judged. */
const LATE_MS = 5;

type Beating = {
  send(text: string): void;
  bytesRead(): number;
  /** Whether reading was paused at any time since the last call. */
  wasPaused(): boolean;
  /** Called at least every `LOOK_MS`. */
  look(): void;
};

export type HeartbeatOptions = {
  readonly everyMs: number;
  /** Nothing at all received this long after a heartbeat: dead. */
  readonly timeoutMs: number;
  /** The first one at once, instead of after the first pause. */
  readonly atOnce?: boolean;
};

/**
 * Says we are here, again and again, and watches that anything comes back. Resolves when nothing did; rejects with the
 * signal's reason when the signal aborts. After a jump of the clock it asks at once: only an unanswered heartbeat that
 * was waited for in full proves a connection dead. While reading is paused, the silence is ours and proves nothing.
 */
export const heartbeats = async (
  link: Beating,
  { everyMs, timeoutMs, atOnce = false }: HeartbeatOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  const steadySleep = createSteadySleep(link.look, clock, signal);
  /** The first heartbeat after which nothing has come yet. */
  let asked: { readonly at: number; readonly bytes: number } | undefined;
  if (!atOnce) await steadySleep(everyMs);
  for (;;) {
    const beatAt = clock.monotonic();
    link.wasPaused();
    asked ??= { at: beatAt, bytes: link.bytesRead() };
    link.send(HEARTBEAT);
    for (let left = everyMs; left > 0; left = beatAt + everyMs - clock.monotonic()) {
      const patience = asked ? asked.at + timeoutMs - clock.monotonic() : left;
      if (!(await steadySleep(Math.min(left, patience)))) {
        // Woken late, the answer may be waiting behind this very timer: ask again and wait in full.
        asked = undefined;
        break;
      }
      if (link.wasPaused() || link.bytesRead() !== asked?.bytes) asked = undefined;
      else if (clock.monotonic() >= asked.at + timeoutMs) {
        if (clock.monotonic() - asked.at - timeoutMs > LATE_MS) await clock.sleep(READ_MS, signal);
        if (link.bytesRead() === asked.bytes) return;
      }
    }
  }
};
