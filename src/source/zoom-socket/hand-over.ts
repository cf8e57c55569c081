import { ZoomWsError } from '../../errors.ts';
import { backoffMs } from '../../time/backoff.ts';
import type { Connection } from './connection.ts';
import type { Ending } from './ending.ts';
import { createHold } from './hold.ts';
import type { SubscriptionParts } from './subscription.ts';

/**
 * How long the old connection is kept beside the new one, for what Zoom had already sent or still routes to it. What
 * the new one brings waits meanwhile, so that the order is kept; repeats are sorted out later.
 */
const OVERLAP_MS = 1_000;

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
    const next = await handOver(current, parts);
    if (next.kind === 'ended') return next.ending;
    if (next.kind === 'moved') {
      current = next.connection;
      renewAt = next.renewAt;
      failures = 0;
    } else {
      // The old connection stays as long as it lives. The pauses are the usual ones, without the dice: nobody else waits.
      failures += 1;
      renewAt = clock.monotonic() + backoffMs(failures, () => 1);
      parts.notify({
        kind: 'hand-over-failed',
        subscription: parts.subscription,
        why: next.why,
        waitMs: renewAt - clock.monotonic(),
      });
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
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'ended'; readonly ending: Ending };

const handOver = async (old: Connection, parts: HandOverParts): Promise<HandOver> => {
  const { keeper, connect, emit, clock, notify, signal, subscription } = parts;
  let oldEnding: Ending | undefined;
  old.ended.then((ending) => {
    oldEnding = ending;
  });
  const hold = createHold(emit);
  let why: string;
  old.expectSuccessor(true);
  try {
    const token = await keeper.current();
    const next = await connect(token.value, hold.emit);
    const outcome = await next.outcome;
    if (outcome === 'accepted') {
      await Promise.race([old.ended, clock.sleep(OVERLAP_MS, signal).catch(() => {})]);
      old.retire();
      await old.ended;
      notify({ kind: 'handed-over', subscription });
      return { kind: 'moved', connection: next, renewAt: token.renewAt };
    }
    why = outcome.kind === 'lost' ? outcome.reason : outcome.kind === 'asked' ? 'stopped' : outcome.words;
  } catch (error) {
    if (!(error instanceof ZoomWsError) && !signal.aborted) throw error;
    why = error instanceof ZoomWsError ? error.message : 'stopped';
  } finally {
    hold.release();
  }
  if (oldEnding) return { kind: 'ended', ending: oldEnding };
  old.expectSuccessor(false);
  return { kind: 'failed', why };
};
