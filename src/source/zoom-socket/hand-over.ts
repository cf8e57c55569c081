import { ZoomWsError } from '../../errors.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import { backoffMs } from '../../time/backoff.ts';
import type { Clock } from '../../time/clock.ts';
import type { Connection } from './connection.ts';
import type { Ending } from './ending.ts';
import { createHold } from './hold.ts';
import type { SubscriptionParts } from './subscription-parts.ts';

/**
 * How long the old connection is kept beside the new one, for what Zoom had already sent or still routes to it. What
 * the new one brings waits meanwhile, so that the order is kept; repeats are sorted out later.
 */
const OVERLAP_MS = 1_000;
/** As long as the old one still brings something it is kept, but not for more than this many times that long. */
const MOST_LOOKS = 5;

type HandOverParts = Pick<
  SubscriptionParts,
  'subscription' | 'keeper' | 'connect' | 'emit' | 'clock' | 'notify' | 'signal'
>;

/**
 * Stays live from token to token: when one is due, a new connection is accepted before the old one is let go. Resolves
 * when the last connection has ended, with how.
 */
export const stayLive = async (first: Connection, firstRenewAt: number, parts: HandOverParts): Promise<Ending> => {
  const { clock } = parts;
  let current = first;
  let renewAt = firstRenewAt;
  let failures = 0;
  for (;;) {
    const ended = await endedOrDue(current, renewAt, parts);
    if (ended) return ended;
    const next = await handOver(current, failures === 0, parts);
    if (next.kind === 'ended') return next.ending;
    if (next.kind === 'moved') {
      current = next.connection;
      renewAt = next.renewAt;
      failures = 0;
    } else {
      // The old connection stays as long as it lives. The pauses are the usual ones, without the dice, because nothing else waits.
      failures += 1;
      const waitMs = Math.max(
        next.retryAfterMs ?? 0,
        backoffMs(failures, () => 1),
      );
      renewAt = clock.monotonic() + waitMs;
      parts.notify({ kind: 'hand-over-failed', subscription: parts.subscription, why: next.why, waitMs });
    }
  }
};

/** How the connection ended, or undefined when its token is due. */
const endedOrDue = async (
  connection: Connection,
  renewAt: number,
  { clock, signal }: HandOverParts,
): Promise<Ending | undefined> => {
  if (renewAt === Number.POSITIVE_INFINITY) return connection.ended;
  const stop = new AbortController();
  const due = clock
    .sleep(Math.max(0, renewAt - clock.monotonic()), AbortSignal.any([signal, stop.signal]))
    // Aborted: either the connection ended, or the run does, and then the connection ends too.
    .catch(() => connection.ended);
  const first = await Promise.race([connection.ended, due]);
  stop.abort();
  return first ?? undefined;
};

type HandOver =
  | { readonly kind: 'moved'; readonly connection: Connection; readonly renewAt: number }
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'ended'; readonly ending: Ending };

const handOver = async (old: Connection, isFirstTry: boolean, parts: HandOverParts): Promise<HandOver> => {
  const { keeper, connect, emit, clock, notify, signal, subscription } = parts;
  const oldEnd = endOf(old);
  const hold = createHold(emit);
  try {
    const token = await keeper.current();
    const early = oldEnd();
    if (early?.ending.kind === 'displaced') return early;
    // Only from here on can Zoom know of a successor; and from here on it may speak of it late, even of one that failed.
    old.expectSuccessor();
    const next = await connect(token.value, hold.emit);
    const outcome = await next.outcome;
    if (outcome === 'accepted') {
      old.giveWay(next);
      const nextEnd = endOf(next);
      await letDrain(old, next, clock, signal);
      if (nextEnd() === undefined || oldEnd() !== undefined) {
        old.retire();
        await old.ended;
        notify({ kind: 'handed-over', subscription });
        return { kind: 'moved', connection: next, renewAt: token.renewAt };
      }
    }
    const ending = await next.ended;
    // One fresh token; more of them would help no more.
    if (ending.kind === 'refused' && isFirstTry) keeper.reject(token.value);
    return oldEnd() ?? failed(ending, clock);
  } catch (error) {
    if (!(error instanceof ZoomWsError) && !signal.aborted) throw error;
    const why = error instanceof ZoomWsError ? error : undefined;
    return oldEnd() ?? { kind: 'failed', why: why?.message ?? 'stopped', retryAfterMs: why?.retryAfterMs };
  } finally {
    hold.release();
  }
};

/** Tells whether a connection has ended by now, and how. */
const endOf = (connection: Connection) => {
  let end: Extract<HandOver, { kind: 'ended' }> | undefined;
  connection.ended.then((ending) => {
    end = { kind: 'ended', ending };
  });
  return () => end;
};

const failed = (ending: Ending, clock: Clock): HandOver => ({
  kind: 'failed',
  why: ending.kind === 'lost' ? ending.reason : ending.kind === 'asked' ? 'stopped' : ending.words,
  retryAfterMs: ending.kind === 'lost' ? retryAfterMs(ending.retryAfter, clock.now()) : undefined,
});

/** Resolves when the old connection has nothing more to say, or one of the two is gone. */
const letDrain = async (old: Connection, next: Connection, clock: Clock, signal: AbortSignal): Promise<void> => {
  let isGone = signal.aborted;
  const gone = () => {
    isGone = true;
  };
  const either = Promise.race([old.ended, next.ended]).then(gone);
  for (let looks = 1; !isGone; ) {
    const before = old.bytesRead();
    await Promise.race([either, clock.sleep(OVERLAP_MS, signal).catch(gone)]);
    // What a slow reader holds up stays in the network until there is room for it.
    if (old.isPaused()) continue;
    if (looks >= MOST_LOOKS || old.bytesRead() === before) return;
    looks += 1;
  }
};
