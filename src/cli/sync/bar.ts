import type { SingleBar } from 'cli-progress';
import type { Host } from '../../host.ts';

/** A progress bar on stderr over the people of the sessions that are under way. */
export type Bar = {
  /** So many people more are to come. */
  expect(count: number): void;
  /** One of them is done. */
  step(): void;
  /** Takes the bar off the screen, before something else is written to the terminal. */
  clear(): void;
};

const EVERY_MS = 100;

/** None where stderr is no terminal, or where stdout is one too: the lines are progress enough. */
export const createBar = async (
  { stdout, stderr, clock }: Pick<Host, 'stdout' | 'stderr' | 'clock'>,
  isWanted: boolean,
): Promise<Bar> => {
  if (!isWanted || stderr.isTTY !== true || stdout.isTTY === true) {
    return { expect: () => {}, step: () => {}, clear: () => {} };
  }
  const progress = await import('cli-progress');
  let bar: SingleBar | undefined;
  let total = 0;
  let done = 0;
  let drawnAt = 0;
  const clear = (): void => {
    bar?.stop();
    bar = undefined;
  };
  const draw = (): void => {
    if (bar === undefined) {
      bar = new progress.SingleBar({
        stream: stderr,
        clearOnComplete: true,
        hideCursor: true,
        barCompleteChar: '=',
        barIncompleteChar: '-',
        format: '{bar} {value} of {total} people, {eta_formatted} left',
      });
      bar.start(total, done);
    }
    bar.setTotal(total);
    bar.update(done);
  };
  return {
    expect(count) {
      total += count;
    },
    step() {
      done += 1;
      if (clock.monotonic() - drawnAt < EVERY_MS) return;
      drawnAt = clock.monotonic();
      draw();
    },
    clear,
  };
};
