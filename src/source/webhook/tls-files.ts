import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { reasonOf } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import type { TlsPair } from './options.ts';

/** Files are replaced in many ways (renamed, linked anew): looking is surer than being told. */
const LOOK_MS = 1_000;

/** Reads key and certificate. Throws where one cannot be read or the two are no pair. */
export const readTls = (files: TlsPair): TlsPair => {
  const pair = { key: readFileSync(files.key, 'utf8'), cert: readFileSync(files.cert, 'utf8') };
  createSecureContext(pair);
  return pair;
};

type WatchDeps = { readonly clock: Clock; readonly notify: Notify; readonly signal: AbortSignal };

/**
 * Uses a new pair as soon as the files have changed. A bad one keeps the old one; it is complained of at the second look,
 * for the two files are not replaced at once.
 */
export const watchTls = (files: TlsPair, { clock, notify, signal }: WatchDeps, use: (pair: TlsPair) => void): void => {
  let used = stateOf(files);
  let bad = '';
  let complainedOf = '';
  const look = (): void => {
    const now = stateOf(files);
    if (now === used || now === complainedOf) return;
    try {
      use(readTls(files));
      used = now;
      notify({ kind: 'note', text: 'the new TLS certificate is in use' });
    } catch (error) {
      if (now === bad) {
        complainedOf = now;
        notify({
          kind: 'warning',
          text: `the new TLS key and certificate are not used: ${reasonOf(error)}; the old ones stay`,
        });
      }
      bad = now;
    }
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(LOOK_MS, signal);
      look();
    }
  };
  watch().catch(() => {});
};

const stateOf = ({ key, cert }: TlsPair): string =>
  [key, cert]
    .map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? 'none' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    })
    .join(' ');
