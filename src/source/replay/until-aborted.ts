import type { Arrival } from '../../event/arrival.ts';

/** The batches as a source gives them: never an empty one, and no more once the signal aborts. */
export async function* untilAborted(
  batches: AsyncIterable<readonly Arrival[]>,
  signal: AbortSignal,
): AsyncGenerator<readonly Arrival[]> {
  const iterator = batches[Symbol.asyncIterator]();
  let giveUp = () => {};
  const abort = () => giveUp();
  signal.addEventListener('abort', abort);
  try {
    while (!signal.aborted) {
      // No Promise.race with one promise for the whole run: that promise would keep every batch.
      const next = await new Promise<IteratorResult<readonly Arrival[]>>((resolve, reject) => {
        giveUp = () => resolve({ done: true, value: undefined });
        iterator.next().then(resolve, reject);
      });
      if (next.done) return;
      if (next.value.length > 0) yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not awaited: it may stand in a read that never ends.
    iterator.return?.()?.catch(() => {});
  }
}
