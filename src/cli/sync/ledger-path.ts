import { hash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';

/** Where the ledger of two accounts lies, unless `--ledger` says so. */
export const ledgerPath = (
  named: string | undefined,
  { env, cwd }: Pick<Host, 'env' | 'cwd'>,
  zoomAccount: string,
  brevoAccount: string,
): string => {
  if (named !== undefined) return resolve(cwd, named);
  const state = env.XDG_STATE_HOME || join(env.HOME || homeOfUser(), '.local', 'state');
  const accounts = hash('sha256', JSON.stringify([zoomAccount, brevoAccount]), 'hex').slice(0, 16);
  return join(state, 'zoom-ws', `brevo-${accounts}.ndjson`);
};

/** A container may run under a user whom the machine does not know. */
const homeOfUser = (): string => {
  try {
    return homedir();
  } catch (cause) {
    throw new ZoomWsError('settings', 'The ledger has no place: this user has no home folder.', {
      hint: 'Name a file with --ledger, or set HOME or XDG_STATE_HOME.',
      cause,
    });
  }
};
