import { ZoomWsError } from '../../errors.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import { mayPass } from '../../http/worth-retrying.ts';
import type { Secret } from '../../secret.ts';
import type { Clock } from '../../time/clock.ts';
import type { Ending } from './ending.ts';
import { stayLive } from './hand-over.ts';
import { PROVEN_AFTER_MS } from './retries.ts';
import type { SubscriptionParts } from './subscription-parts.ts';

/**
 * Keeps one subscription connected: try, stay, wait, try again. Resolves when `signal` aborts; rejects with what another
 * attempt cannot help (`refused`, `displaced`) or when the retries are used up.
 */
export const keepSubscription = async (parts: SubscriptionParts): Promise<void> => {
  const { subscription, keeper, retries, displacement, notify, signal, clock } = parts;
  /** Whether a connection was refused since one was last accepted: a fresh token is tried once, not for ever. */
  let wasRefused = false;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    notify({ kind: 'connecting', subscription, attempt });
    const life = await liveOnce(parts);
    if (signal.aborted) return;
    if (life.liveMs >= PROVEN_AFTER_MS) retries.proven();
    if (life.liveMs > 0) wasRefused = false;
    if (life.ending instanceof ZoomWsError) {
      if (!mayPass(life.ending.code)) throw life.ending;
      await retries.afterFailure(life.ending, false);
      continue;
    }
    const { ending } = life;
    switch (ending.kind) {
      case 'asked':
        return;
      case 'displaced':
        await displacement.next(ending.words, signal);
        break;
      case 'refused': {
        if (life.token) keeper.reject(life.token);
        if (life.liveMs > 0) {
          // It had been accepted: the token has grown old, or Zoom changed its mind. That passes, or the next refusal tells.
          await retries.afterFailure(failure(ending, subscription, clock), true);
          break;
        }
        if (wasRefused || !keeper.canRenew) throw keeper.refusal(subscription, ending.words);
        wasRefused = true;
        notify({ kind: 'refused-once', subscription, words: ending.words });
        break;
      }
      case 'lost':
        await retries.afterFailure(failure(ending, subscription, clock), life.liveMs > 0);
        break;
      default:
        ending satisfies never;
    }
  }
};

type Life = {
  readonly ending: Ending | ZoomWsError;
  /** How long a connection was live, in milliseconds; 0 if none was accepted. */
  readonly liveMs: number;
  readonly token: Secret | undefined;
};

/** One token, one connection and its successors, to the end. */
const liveOnce = async (parts: SubscriptionParts): Promise<Life> => {
  const { keeper, connect, emit, clock, signal } = parts;
  let token: Secret | undefined;
  try {
    const held = await keeper.current();
    token = held.value;
    const connection = await connect(token, emit);
    const outcome = await connection.outcome;
    if (outcome !== 'accepted') return { ending: outcome, liveMs: 0, token };
    const acceptedAt = clock.monotonic();
    const ending = await stayLive(connection, held, parts);
    return { ending, liveMs: Math.max(1, clock.monotonic() - acceptedAt), token };
  } catch (error) {
    if (signal.aborted) return { ending: { kind: 'asked' }, liveMs: 0, token };
    if (error instanceof ZoomWsError) return { ending: error, liveMs: 0, token };
    throw error;
  }
};

const failure = (
  ending: Extract<Ending, { kind: 'lost' | 'refused' }>,
  subscription: string,
  clock: Clock,
): ZoomWsError => {
  const words = ending.kind === 'lost' ? ending.reason : `Zoom said "${ending.words}"`;
  return new ZoomWsError('unreachable', `subscription ${subscription}: ${words}`, {
    hint: ending.kind === 'lost' ? ending.advice : undefined,
    retryAfterMs:
      ending.kind === 'lost' && ending.retryAfter ? retryAfterMs(ending.retryAfter, clock.now()) : undefined,
  });
};
