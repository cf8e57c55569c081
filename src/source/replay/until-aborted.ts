import type { Arrival } from '../arrival.ts';

/** The batches as a source gives them: never an empty one, and no more once the signal aborts. */
export async function* untilAborted(
  batches: AsyncIterable<readonly Arrival[]>,
  signal: AbortSignal,
): AsyncGenerator<readonly Arrival[]> {
  const iterator = batches[Symbol.asyncIterator]();
  let abort = () => {};
  const aborted = new Promise<'aborted'>((resolve) => {
    abort = () => resolve('aborted');
  });
  signal.addEventListener('abort', abort);
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next === 'aborted' || next.done) return;
      if (next.value.length > 0) yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not awaited: it may stand in a read that nobody answers any more.
    iterator.return?.()?.catch(() => {});
  }
}
