import { ZoomWsError } from '../../errors.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import type { HeldToken } from '../../oauth/token-keeper.ts';
import { backoffMs } from '../../time/backoff.ts';
import type { Clock } from '../../time/clock.ts';
import type { Connection } from './connection.ts';
import type { Ending } from './ending.ts';
import { createHold } from './hold.ts';
import { FRESH_MS } from './lives.ts';
import { pauseMs } from './pause.ts';
import type { SubscriptionParts } from './subscription-parts.ts';

/**
 * How long the old connection is kept beside the new one, for what Zoom had already sent or still routes to it. What
 * the new one brings waits meanwhile, so that the order is kept; repeats are sorted out later.
 */
const OVERLAP_MS = 1_000;
/** As long as the old one still brings something it is kept, but not for more than this many times that long. */
const MOST_LOOKS = 5;

/** What is waited for a slow reader at a time. */
const READER_LOOK_MS = 1_000;
/** The old connection is let go this long before its token expires, for the way that takes. */
const LET_GO_MS = 250;

/** The times of the token that a connection was opened with. */
type Term = Pick<HeldToken, 'renewAt' | 'expiresAt'>;

type HandOverParts = Pick<
  SubscriptionParts,
  'subscription' | 'keeper' | 'connect' | 'emit' | 'clock' | 'notify' | 'signal'
>;

/**
 * Stays live from token to token: when one is due, a new connection is accepted before the old one is let go. Resolves
 * when the last connection has ended, with how.
 */
export const stayLive = async (first: Connection, firstTerm: Term, parts: HandOverParts): Promise<Ending> => {
  const { clock, subscription, notify } = parts;
  let current = first;
  let term = firstTerm;
  let dueAt = term.renewAt;
  let failures = 0;
  for (;;) {
    const ended = await endedOrDue(current, dueAt, parts);
    if (ended) return ended;
    const readerMs = patienceForReader(current, term, clock);
    if (readerMs > 0) {
      dueAt = clock.monotonic() + readerMs;
      continue;
    }
    const next = await handOver(current, term, failures === 0, parts);
    if (next.kind === 'ended') return next.ending;
    if (next.kind === 'moved') {
      current = next.connection;
      term = next.term;
      dueAt = term.renewAt;
      failures = 0;
    } else {
      // The old connection stays as long as it lives. The pauses are the usual ones, but not random: nothing else waits.
      failures += 1;
      const ownMs = backoffMs(failures, () => 1);
      const waitMs = pauseMs(ownMs, next.retryAfterMs, { subscription, notify });
      dueAt = clock.monotonic() + waitMs;
      notify({ kind: 'hand-over-failed', subscription, why: next.why, waitMs });
    }
  }
};

/**
 * How long to wait for a slow reader before the next look, in milliseconds; 0 for no longer. What the old connection still
 * holds in the network is lost if Zoom resets it for the new one, so that one is not dialled while the reader is behind, as
 * long as half of the time between renewal and expiry is left.
 */
const patienceForReader = (connection: Connection, { renewAt, expiresAt }: Term, clock: Clock): number =>
  connection.isPaused() ? Math.min(READER_LOOK_MS, (renewAt + expiresAt) / 2 - clock.monotonic()) : 0;

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
  | { readonly kind: 'moved'; readonly connection: Connection; readonly term: Term }
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'ended'; readonly ending: Ending };

const handOver = async (
  old: Connection,
  { expiresAt }: Term,
  isFirstTry: boolean,
  parts: HandOverParts,
): Promise<HandOver> => {
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
      const acceptedAt = clock.monotonic();
      const nextEnd = endOf(next);
      const left = expiresAt - LET_GO_MS - acceptedAt;
      // One that was let live beyond its token's life, because new ones failed, is in no hurry.
      await letDrain(old, next, expiresAt > acceptedAt ? left : OVERLAP_MS, clock, signal);
      if (nextEnd() === undefined || oldEnd() !== undefined) {
        old.retire();
        await old.ended;
        const bothMs = clock.monotonic() - acceptedAt;
        const isSeamless = next.silentMs() <= bothMs + FRESH_MS && (old.silentMs() <= bothMs || old.heir() === next);
        notify({ kind: 'handed-over', subscription, isSeamless });
        return { kind: 'moved', connection: next, term: token };
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
  retryAfterMs: ending.kind === 'lost' && ending.retryAfter ? retryAfterMs(ending.retryAfter, clock.now()) : undefined,
});

/** Resolves when the old connection has nothing more to say, or `mostMs` is over, or one of the two is gone. */
const letDrain = async (
  old: Connection,
  next: Connection,
  mostMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> => {
  let isGone = signal.aborted;
  const gone = () => {
    isGone = true;
  };
  const either = Promise.race([old.ended, next.ended]).then(gone);
  const until = clock.monotonic() + mostMs;
  for (let looks = 1; !isGone; ) {
    const before = old.bytesRead();
    const lookMs = Math.min(OVERLAP_MS, until - clock.monotonic());
    if (lookMs <= 0) return;
    await Promise.race([either, clock.sleep(lookMs, signal).catch(gone)]);
    // What a slow reader holds up stays in the network until there is room for it.
    if (old.isPaused()) continue;
    if (looks >= MOST_LOOKS || old.bytesRead() === before) return;
    looks += 1;
  }
};
