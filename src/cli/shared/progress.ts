import type { SingleBar } from 'cli-progress';
import type { Arrival } from '../../event/arrival.ts';
import type { Host } from '../../host.ts';
import type { Batches, Input } from '../../recording/index.ts';

/** Work that is done before this is not worth a bar. */
const BEFORE_BAR_MS = 1_000;

const EVERY_MS = 100;

/** The bar of work that may be long; shown only where it is in no one's way. */
export type Progress = {
  /** Passes the batches through, drawing the bar between them. */
  watch(batches: Batches): Batches;
  /** Takes the bar off the screen, before something else is written to the terminal. */
  clear(): void;
};

/**
 * A progress bar on stderr, by how much of the files was read. None where stderr is no terminal, where stdout is one too
 * (the events are progress enough), or where the end is not known.
 */
export const createProgress = (
  { stdout, stderr, clock }: Pick<Host, 'stdout' | 'stderr' | 'clock'>,
  inputs: readonly Input[],
  isWanted: boolean,
): Progress => {
  const sizes = inputs.map(({ file }) => (file?.stats.isFile() ? file.stats.size : undefined));
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? Number.NaN), 0);
  const isShown = isWanted && stderr.isTTY === true && stdout.isTTY !== true && total > 0;
  if (!isShown) return { watch: (batches) => batches, clear: () => {} };
  let bar: SingleBar | undefined;
  const clear = (): void => {
    bar?.stop();
    bar = undefined;
  };
  async function* watch(batches: Batches): AsyncGenerator<readonly Arrival[]> {
    const begunAt = clock.monotonic();
    let drawnAt = begunAt + BEFORE_BAR_MS - EVERY_MS;
    try {
      for await (const batch of batches) {
        yield batch;
        if (clock.monotonic() - drawnAt < EVERY_MS) continue;
        drawnAt = clock.monotonic();
        const position = inputs.reduce((sum, input) => sum + input.position(), 0);
        bar ??= await begin(stderr, total);
        bar.update(position);
      }
    } finally {
      clear();
    }
  }
  return { watch, clear };
};

const MEBIBYTE = 2 ** 20;

const begin = async (stream: NodeJS.WritableStream, total: number): Promise<SingleBar> => {
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({
    stream,
    clearOnComplete: true,
    hideCursor: true,
    barCompleteChar: '=',
    barIncompleteChar: '-',
    format: `{bar} {percentage} % of ${Math.ceil(total / MEBIBYTE)} MiB, {eta_formatted} left`,
  });
  bar.start(total, 0);
  return bar;
};
