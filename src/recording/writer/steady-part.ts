import type { Clock } from '../../time/clock.ts';
import { type OpenPart, openPart } from './open-part.ts';
import { Truncated } from './part.ts';
import type { Target } from './target.ts';

/**
 * A part that goes on where somebody truncates its file: with the lines that were not yet in it, and in a `.gz` with a
 * new member. The user hears of it.
 */
export const openSteadyPart = async (
  target: Target,
  clock: Pick<Clock, 'now'>,
  onNote: (text: string) => void,
): Promise<OpenPart> => {
  let part = await openPart(target, clock, onNote);
  const startOver = async (): Promise<void> => {
    const lines = await part.abandon();
    part = await openPart(target, clock, onNote);
    onNote(`"${target.path}" was truncated while it was recorded to: the recording goes on in it from here`);
    if (lines.length > 0) await steady.write(lines);
  };
  const steadily = async (work: () => Promise<void>, goOn: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Truncated)) throw error;
      await startOver();
      await goOn();
    }
  };
  const steady: OpenPart = {
    // The lines that were being written are among those that the new beginning writes.
    write: (lines) =>
      steadily(
        () => part.write(lines),
        async () => {},
      ),
    flush: () =>
      steadily(
        () => part.flush(),
        () => steady.flush(),
      ),
    sync: () => part.sync(),
    close: () =>
      steadily(
        () => part.close(),
        () => steady.close(),
      ),
    abandon: () => part.abandon(),
    size: () => part.size(),
    get inode() {
      return part.inode;
    },
    get since() {
      return part.since;
    },
  };
  return steady;
};
