import type { Clock } from '../../time/clock.ts';

/**
 * Zoom's keep-alive is a text frame, not a WebSocket ping [Zoom's documentation, "Using WebSockets"]; it is answered
 * by a frame of the same module.
 */
const HEARTBEAT = '{"module":"heartbeat"}';

/** A wait this much longer than asked means that the machine slept or the process stood still. */
const JUMP_MS = 2_000;
/** How often a long wait looks at the clocks, so that a jump is noticed soon after it. */
const LOOK_MS = 5_000;

type Beating = {
  send(text: string): void;
  bytesRead(): number;
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
  isPaused: () => boolean,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  if (!atOnce) await steadySleep(everyMs, clock, signal);
  for (;;) {
    link.send(HEARTBEAT);
    const before = link.bytesRead();
    const wasPaused = isPaused();
    // Woken late, the answer may be waiting behind this very timer: ask again and wait in full.
    if (!(await steadySleep(timeoutMs, clock, signal))) continue;
    if (link.bytesRead() === before && !wasPaused && !isPaused()) return;
    await steadySleep(everyMs - timeoutMs, clock, signal);
  }
};

/**
 * Sleeps for `ms`; false if a clock jumped meanwhile, and then as soon as that shows. Both clocks are looked at:
 * the monotonic one stands still while a machine sleeps, the wall clock does not.
 */
const steadySleep = async (ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> => {
  let left = ms;
  while (left > 0) {
    const nap = Math.min(left, LOOK_MS);
    const wall = clock.now();
    const steady = clock.monotonic();
    await clock.sleep(nap, signal);
    const slept = clock.monotonic() - steady;
    if (slept > nap + JUMP_MS || Math.abs(clock.now() - wall - slept) > JUMP_MS) return false;
    left -= nap;
  }
  return true;
};
