import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ZoomWsError } from '../../errors.ts';

const BYTES = 32;

/** Where the secret of a ledger's keys lies. */
export const secretPath = (ledger: string): string => `${ledger}.key`;

/** The secret of a ledger's keys; undefined if there is neither ledger nor secret. Throws `settings` if it was lost. */
export const readSecret = (ledger: string): Buffer | undefined => {
  const path = secretPath(ledger);
  const isThere = existsSync(path);
  if (!isThere && !existsSync(ledger)) return undefined;
  const secret = isThere ? Buffer.from(readFileSync(path, 'utf8').trim(), 'hex') : Buffer.alloc(0);
  if (secret.length === BYTES) return secret;
  throw new ZoomWsError(
    'settings',
    `The key of the ledger "${ledger}" is ${isThere ? 'damaged' : 'missing'}: ${path}.`,
    {
      hint: 'Put that file back. Without it nobody can tell which events were sent: only a new ledger (--ledger) helps, and then events may be sent twice.',
    },
  );
};

/** Makes the secret of a new ledger. */
export const makeSecret = (ledger: string): Buffer => {
  const secret = randomBytes(BYTES);
  writeFileSync(secretPath(ledger), `${secret.toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return secret;
};
