import { createInterface } from 'node:readline';
import type { Host } from '../host.ts';
import { findLive } from '../local/presence/index.ts';
import { connectionOf } from './connection-of.ts';
import { type Finding, skip } from './finding.ts';
import type { DoctorWorld } from './world.ts';

/** Whether the socket may be opened. `refusal` says why not; undefined: it may. */
export type Consent = {
  readonly refusal: Finding | undefined;
  /** The processes of this user that were connected just before, and that connecting displaces. */
  readonly displaces: readonly number[];
};

type Asking = Pick<DoctorWorld, 'setup' | 'env' | 'platform' | 'clean' | 'signal'> & {
  readonly host: Pick<Host, 'stdin' | 'stderr'>;
  readonly yes: boolean;
  readonly offline: boolean;
  /** Called before the question appears. */
  readonly onQuestion: () => void;
  /** Asks, where stdin is read by somebody else. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
};

/** Opening the socket displaces whoever is connected: that needs a yes, given in advance or on a terminal. */
export const askConsent = async (asking: Asking): Promise<Consent> => {
  const { host, yes, offline, clean } = asking;
  if (offline) return { refusal: skip('not opened: --offline'), displaces: [] };
  const { subscriptions } = connectionOf(asking);
  const displaces = subscriptions.flatMap((subscription) => findLive(subscription, asking)).map(({ pid }) => pid);
  if (yes) return { refusal: undefined, displaces };
  const own =
    displaces.length === 0 ? '' : ` A zoom-ws of yours is connected at this moment (pid ${displaces.join(', ')}).`;
  if (!(host.stdin.isTTY && host.stderr.isTTY)) {
    return {
      refusal: skip(
        'not opened: no --yes, and no terminal to ask on',
        `Connecting displaces a consumer that is connected now.${own} If that is all right give --yes; --offline leaves these checks out.`,
      ),
      displaces,
    };
  }
  asking.onQuestion();
  const ids = subscriptions.map(({ id }) => id).join(', ');
  host.stderr.write(
    clean(
      `\nThe next checks connect to subscription ${ids}.\nZoom allows one consumer at a time: one that is connected now is displaced.${own}`,
    ),
  );
  const ask = asking.ask ?? ((question) => askHere(question, host, asking.signal));
  const answer = await ask('\nConnect? [y/N] ');
  if (/^y(es)?$/i.test(answer.trim())) return { refusal: undefined, displaces };
  return {
    refusal: skip('not opened: the answer was no', 'Run it again when displacing a connected consumer does no harm.'),
    displaces,
  };
};

const askHere = (question: string, host: Asking['host'], signal: AbortSignal): Promise<string> => {
  host.stderr.write(question);
  return readLine(host, signal).finally(() => host.stderr.write('\n'));
};

/** One line of stdin; empty at its end. */
const readLine = (host: Pick<Host, 'stdin'>, signal: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    // Not as a terminal: Ctrl-C must stay a signal.
    const lines = createInterface({ input: host.stdin, terminal: false });
    const abort = () => {
      reject(signal.reason);
      lines.close();
    };
    signal.addEventListener('abort', abort, { once: true });
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', abort);
      resolve('');
    });
  });
