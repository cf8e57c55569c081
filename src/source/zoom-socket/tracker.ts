import type { Arrival } from '../../event/arrival.ts';
import { lifecycle } from '../../event/lifecycle.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import type { Connection } from './connection.ts';
import type { Ending } from './ending.ts';
import type { Gap, Ledger } from './ledger.ts';

/** How often a gap that is held back is looked at, … */
const HELD_LOOK_MS = 5_000;
/** … and how often at most: a minute, in which a dead connection is found, and a living one has answered a heartbeat. */
const MOST_HELD_LOOKS = 12;

export type TrackerParts = {
  readonly ledger: Ledger;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly notify: Notify;
  readonly emit: (arrival: Arrival) => void;
  /** The end of the run: what closes then is no news. */
  readonly signal: AbortSignal;
};

/**
 * Keeps the account of one subscription's connections and tells of it: call it with each connection that was accepted.
 * A hand-over, with two of them at once, is neither a new connection nor a lost one.
 */
export const createTracker = (
  subscription: string,
  { ledger, clock, notify, emit, signal }: TrackerParts,
): ((connection: Connection) => void) => {
  let live = 0;
  let before = false;

  const tell = (gaps: readonly Gap[]): void => {
    for (const { from, to, reason } of gaps) notify({ kind: 'gap-found', ms: to - from, reason });
  };

  /** Tells of gaps that are held back as soon as they are known to have ended, and of all of them in the end. */
  const tellHeld = async (): Promise<void> => {
    for (let looks = 1; ledger.isHolding(); looks += 1) {
      await clock.sleep(HELD_LOOK_MS, signal);
      tell(ledger.settle(looks >= MOST_HELD_LOOKS));
    }
  };

  const onEnd = (connection: Connection, ending: Ending): void => {
    live -= 1;
    if (signal.aborted) return;
    tell(ledger.down(connection, reasonOfEnding(ending)));
    // Ends with the run.
    tellHeld().catch(() => {});
    if (live > 0) return;
    const at = clock.now();
    if (ending.kind === 'displaced') emit(lifecycle('displaced', at, { subscription, reason: ending.words }));
    const code = ending.kind === 'lost' ? ending.code : undefined;
    emit(lifecycle('disconnected', at, { subscription, code, reason: reasonOfEnding(ending) }));
  };

  return (connection) => {
    live += 1;
    const gap = ledger.up(connection);
    if (live === 1) {
      notify({ kind: 'ready', subscription, again: before, gapMs: gap && gap.to - gap.from });
      emit(lifecycle('connected', clock.now(), { subscription }));
      before = true;
    }
    connection.ended.then((ending) => onEnd(connection, ending));
  };
};

const reasonOfEnding = (ending: Ending): string => {
  switch (ending.kind) {
    case 'lost':
      return ending.reason;
    case 'asked':
      return 'closed by zoom-ws';
    default:
      return ending.words;
  }
};
