import { ZoomWsError } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import type { Outlet } from '../outlet.ts';
import { countOutcomes, createPublishCounts } from './counts.ts';
import type { Destination, Item, Session } from './destination.ts';
import { itemOf, spoolLine } from './item.ts';

/** A recording is there to be read again: after this many attempts at the start the run gives up. */
const MOST_ATTEMPTS = 10;
/** And after this long without progress, later. */
const STUCK_MS = 300_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

export type DirectParts = {
  readonly destination: Destination;
  readonly clock: Clock;
  readonly random: () => number;
  readonly notify: Notify;
};

/**
 * Publishes a recording without a spool: it is read no faster than the destination confirms. Throws `refused`, and
 * `unreachable` when it gives up, saying how far it came.
 */
export const directOutlet = ({ destination, clock, random, notify }: DirectParts): Outlet => {
  const { shown } = destination;
  const counts = createPublishCounts();
  const never = new AbortController().signal;
  let session: Session | undefined;
  let progressAt = clock.monotonic();
  let hasStarted = false;

  /** Runs it with a session, again and again until it succeeds or there is no sense in it. */
  const persist = async <T>(act: (session: Session) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        session ??= await destination.connect(never);
        const result = await act(session);
        hasStarted = true;
        progressAt = clock.monotonic();
        return result;
      } catch (error) {
        await session?.close().catch(() => {});
        session = undefined;
        if (error instanceof ZoomWsError && error.code === 'refused') throw error;
        const isOver = hasStarted ? clock.monotonic() - progressAt > STUCK_MS : attempt > MOST_ATTEMPTS;
        if (isOver) throw givenUp(error);
        const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
        await clock.sleep(Math.max(FIRST_PAUSE_MS, most * random()));
      }
    }
  };
  const givenUp = (cause: unknown): ZoomWsError => {
    const done = counts.published + counts.alreadyThere + counts.refused;
    return new ZoomWsError('unreachable', `${shown} takes nothing: gave up after ${done} events.`, {
      hint: 'Run it again when the destination is back: what is there already is known by its id.',
      cause,
    });
  };

  const publish = async (items: readonly Item[]): Promise<void> => {
    const outcomes = await persist((open) => open.publish(items));
    for (const { item, why } of countOutcomes(counts, items, outcomes)) {
      notify({ kind: 'warning', text: `${shown} does not take event ${item.id}: ${why}` });
    }
  };

  return {
    gone: never,
    isRequired: true,
    async take(batch, firstSeq) {
      const items = batch.flatMap((arrival, index) => {
        if (arrival.kind !== 'event') return [];
        return itemOf((spoolLine(arrival, firstSeq + index) ?? '').trimEnd()) ?? [];
      });
      for (let from = 0; from < items.length; from += destination.batch) {
        await publish(items.slice(from, from + destination.batch));
      }
    },
    async close() {
      await session?.close().catch(() => {});
      const { published, alreadyThere, refused } = counts;
      notify({
        kind: 'note',
        text: `${shown}: ${published} published, ${alreadyThere} already there, ${refused} refused`,
      });
    },
    hasGivenUp: () => counts.refused > 0,
  };
};
