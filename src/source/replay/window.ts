import type { Arrival } from '../../event/arrival.ts';
import type { EpochMs } from '../../time/clock.ts';

export type Window = { readonly since: EpochMs | undefined; readonly until: EpochMs | undefined };

/** Batches; an empty one means: nothing more at the moment. */
type Batches = AsyncIterable<readonly Arrival[]>;

/**
 * Only what happened from `since` to `until`, both included. What has no time of its own happened when the one before it
 * did. Reads on after `until`: events arrive late and out of order.
 */
export async function* within(
  batches: Batches,
  { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: Window,
  timeOf: (arrival: Arrival) => EpochMs | undefined,
): AsyncGenerator<readonly Arrival[]> {
  let time = Number.NEGATIVE_INFINITY;
  for await (const batch of batches) {
    yield batch.filter((arrival) => {
      time = timeOf(arrival) ?? time;
      return since <= time && time <= until;
    });
  }
}
