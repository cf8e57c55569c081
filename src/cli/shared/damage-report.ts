import { ZoomWsError } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import type { ReadOptions } from '../../recording/index.ts';

/** Beyond these, unreadable lines are counted only. */
const SHOWN = 10;

/** Says which lines of a recording could not be read. */
export type DamageReport = {
  readonly tell: ReadOptions['onDamage'];
  /** At the end: how many there were besides those that were shown. */
  summarize(): void;
  /** For `--strict`; undefined if everything was readable. */
  error(): ZoomWsError | undefined;
};

export const createDamageReport = (notify: Notify): DamageReport => {
  let told = 0;
  return {
    tell({ name, line, why }) {
      told += 1;
      if (told > SHOWN) return;
      const place = name === '-' ? 'stdin' : name;
      const text = line === undefined ? `${place}: ${why}` : `${place} line ${line}: ${why}; passed over`;
      notify({ kind: 'warning', text });
    },
    summarize() {
      if (told > SHOWN) notify({ kind: 'warning', text: `${told - SHOWN} more lines could not be read` });
    },
    error() {
      if (told === 0) return undefined;
      const what = told === 1 ? 'One place' : `${told} places`;
      return new ZoomWsError('damaged', `${what} in the recording could not be read.`, {
        hint: 'The rest was replayed. Without --strict this is no failure.',
      });
    },
  };
};
