import type { Entry, Spool } from '../../spool/index.ts';
import { countOutcomes, type PublishCounts } from './counts.ts';
import type { Destination, Item, Outcome, Session } from './destination.ts';
import type { EngineLink } from './engine-link.ts';
import { itemOf } from './item.ts';
import type { RefusedFile } from './refused-file.ts';

export type PublisherParts = {
  readonly spool: Spool;
  readonly link: EngineLink;
  readonly destination: Destination;
  readonly counts: PublishCounts;
  readonly refused: RefusedFile;
};

/**
 * Publishes what is in the spool, in order, until the signal aborts: everything that was not confirmed is sent again after
 * a loss. Rejects only with the signal's reason, or with what the disk says.
 */
export const publishFromSpool = async (parts: PublisherParts, signal: AbortSignal): Promise<void> => {
  const { spool, link, destination } = parts;
  while (!signal.aborted) {
    const session = await link.session(signal);
    const lost = new AbortController();
    session.lost.then((reason) => lost.abort(reason));
    const until = AbortSignal.any([signal, lost.signal]);
    try {
      for (let entries = await spool.next(until); entries.length > 0; entries = await spool.next(until)) {
        for (let from = 0; from < entries.length; from += destination.batch) {
          await publishEntries(entries.slice(from, from + destination.batch), session, parts);
        }
      }
      lost.signal.throwIfAborted();
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof DiskFailed) throw error.cause;
      await link.lost(error);
      await spool.rewind();
    }
  }
};

/** The disk, not the engine: nothing that another connection could mend. */
class DiskFailed extends Error {}

const publishEntries = async (
  entries: readonly Entry[],
  session: Session,
  { spool, counts, refused }: PublisherParts,
): Promise<void> => {
  const items = entries.flatMap(({ line }) => itemOf(line.toString()) ?? []);
  const outcomes = await publishNew(items, session);
  try {
    for (const { item, why } of countOutcomes(counts, items, outcomes)) await refused.add(item, why);
    const last = entries.at(-1);
    if (last !== undefined) await spool.confirm(last.end);
  } catch (error) {
    throw new DiskFailed('the spool failed', { cause: error });
  }
};

/** Publishes the items, except those that the engine has stored but may have forgotten. */
const publishNew = async (items: readonly Item[], session: Session): Promise<readonly Outcome[]> => {
  const known = await session.known(items);
  const fresh = items.filter(({ id }) => !known.has(id));
  const outcomes = fresh.length > 0 ? await session.publish(fresh) : [];
  const byId = new Map(fresh.map(({ id }, index) => [id, outcomes[index]]));
  return items.map(({ id }) => byId.get(id) ?? 'known');
};
