import type { Arrival } from '../../event/arrival.ts';
import type { Clock, EpochMs } from '../../time/clock.ts';

export type PaceParts = {
  /** How many times faster than recorded. */
  readonly factor: number;
  readonly timeOf: (arrival: Arrival) => EpochMs | undefined;
  /** What is emitted; nothing is waited for that the filters drop afterwards, and the first that matters comes at once. */
  readonly matters: (arrival: Arrival) => boolean;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly signal: AbortSignal;
  /** Told of each wait before it begins, in milliseconds. */
  readonly onWait: (ms: number) => void;
};

/**
 * Gives arrivals at the pace at which they were recorded. Measured from the first, so that no delay adds up; what lies
 * before the one before it (late, out of order) comes at once. Ends when the signal aborts.
 */
export async function* paced(
  batches: AsyncIterable<readonly Arrival[]>,
  { factor, timeOf, matters, clock, signal, onWait }: PaceParts,
): AsyncGenerator<readonly Arrival[]> {
  let first: { readonly time: EpochMs; readonly at: number } | undefined;
  for await (const batch of batches) {
    let due: Arrival[] = [];
    for (const arrival of batch) {
      const time = matters(arrival) ? timeOf(arrival) : undefined;
      if (time !== undefined) {
        first ??= { time, at: clock.monotonic() };
        const waitMs = first.at + (time - first.time) / factor - clock.monotonic();
        if (waitMs > 0) {
          if (due.length > 0) yield due;
          due = [];
          onWait(waitMs);
          await clock.sleep(waitMs, signal).catch(() => {});
          if (signal.aborted) return;
        }
      }
      due.push(arrival);
    }
    if (due.length > 0) yield due;
  }
}
