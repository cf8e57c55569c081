import type { Arrival, Arrivals, ControlFrame, Delivery, Lifecycle } from '../event/arrival.ts';
import { eventId } from '../event/event-facts.ts';
import { identityText } from '../event/identity.ts';
import type { Outlet } from '../outlet/outlet.ts';
import type { Clock } from '../time/clock.ts';
import type { Dedupe } from './dedupe.ts';
import type { Keep } from './keep.ts';
import type { Tally } from './tally.ts';

export type PumpParts = {
  readonly keep: Keep;
  /** Undefined where repeats are to be emitted. */
  readonly dedupe: Dedupe | undefined;
  /** Changes an event's text before it is written anywhere (`--redact`); undefined for as it is. */
  readonly redact: ((raw: string) => string) | undefined;
  readonly outlets: readonly Outlet[];
  /** Ends after this many events. */
  readonly limit: number;
  readonly tally: Tally;
  readonly clock: Pick<Clock, 'now'>;
  /** Told of all that passes the filters, repeats and lifecycle events too: for watches and a summary. */
  readonly onMatched?: (arrival: Arrival) => void;
  /** Told how many arrivals of a batch are handled, once every outlet has taken what is to be emitted of them. */
  readonly onHandled?: ((count: number) => void) | undefined;
};

/** Why the pump ended: the source did, the limit was reached, or every reader has gone. */
export type PumpEnd = 'ended' | 'limit' | 'gone';

/**
 * Pulls batches, keeps what the filters let through, drops repeats, and hands each batch to every outlet at once; the next
 * pull comes when all of them can take more. Throws what an outlet or the source throws.
 */
export const pump = async (arrivals: Arrivals, parts: PumpParts): Promise<PumpEnd> => {
  const { outlets, tally, limit } = parts;
  if (limit <= 0) return 'limit';
  for await (const batch of arrivals) {
    const emittedBefore = tally.emitted;
    const emitted: Arrival[] = [];
    let handled = 0;
    for (const arrival of batch) {
      handled += 1;
      const admission = arrival.kind === 'event' ? admitted(arrival, parts) : passing(arrival, parts);
      if (admission === undefined) continue;
      emitted.push(admission);
      if (tally.emitted >= limit) break;
    }
    if (tally.emitted > emittedBefore) tally.lastOutputAt = parts.clock.now();
    if (emitted.length > 0) await handOut(emitted, emittedBefore + 1, outlets);
    if (!outlets.some(({ gone, isRequired }) => isRequired && gone.aborted)) parts.onHandled?.(handled);
    // As long as one is left (a recording), what has arrived still goes there.
    if (outlets.length > 0 && outlets.every(({ gone }) => gone.aborted)) return 'gone';
    if (tally.emitted >= limit) return 'limit';
  }
  return 'ended';
};

/** Gives a batch to every outlet that is still there; resolves when all of them can take more. */
const handOut = async (batch: readonly Arrival[], firstSeq: number, outlets: readonly Outlet[]): Promise<void> => {
  const open = outlets.filter(({ gone }) => !gone.aborted);
  const give = (to: readonly Outlet[]) => Promise.all(to.map((outlet) => outlet.take(batch, firstSeq)));
  await give(open.filter(({ comesLast }) => comesLast !== true));
  await give(open.filter(({ comesLast }) => comesLast === true));
};

/** The event as it is to be written, counted; undefined if it is not to be. */
const admitted = (delivery: Delivery, { keep, dedupe, redact, tally, onMatched }: PumpParts): Delivery | undefined => {
  tally.received += 1;
  if (!keep.keeps(delivery)) return undefined;
  tally.matched += 1;
  onMatched?.(delivery);
  if (dedupe?.isRepeat(identityText(delivery))) {
    tally.repeats += 1;
    return undefined;
  }
  tally.emitted += 1;
  if (redact === undefined) return delivery;
  const { frame: _frame, packed: _packed, ...rest } = delivery;
  return { ...rest, raw: redact(delivery.raw), maskedId: eventId(delivery) };
};

/** What is no event passes always; the text of a malformed frame may hold as much as an event. */
const passing = (arrival: Lifecycle | ControlFrame, { redact, onMatched }: PumpParts): Arrival => {
  onMatched?.(arrival);
  if (redact === undefined) return arrival;
  return arrival.kind === 'lifecycle'
    ? { ...arrival, raw: redact(arrival.raw) }
    : { ...arrival, frame: redact(arrival.frame) };
};
