import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock, EpochMs } from '../../time/clock.ts';
import type { Client } from './clients.ts';

/** An authorisation code that was handed to a browser. */
export type Code = {
  readonly client: Client;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly method: string;
  readonly expiresAt: EpochMs;
};

/** Zoom's codes are good for five minutes [Zoom's published error codes, 4733]. */
const CODE_LIFE_MS = 300_000;
/** Nobody is so slow that more sign-ins are open at once. */
const MOST_OPEN = 500;

export const createCodes = (clock: Clock) => {
  const open = new Map<string, Code>();
  return {
    issue(code: Omit<Code, 'expiresAt'>): string {
      const text = randomBytes(24).toString('base64url');
      open.set(text, { ...code, expiresAt: clock.now() + CODE_LIFE_MS });
      const [oldest] = open.keys();
      if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest);
      return text;
    },
    /** Whether the code is good for this exchange. It is used up, whatever the answer. */
    redeem(text: string, client: Client, redirectUri: string, verifier: string): boolean {
      const code = open.get(text);
      open.delete(text);
      if (code === undefined || code.expiresAt <= clock.now()) return false;
      return code.client === client && code.redirectUri === redirectUri && isProven(code, verifier);
    },
  };
};

/** [RFC 7636, 4.6] A code that was asked for without a challenge needs no proof. */
const isProven = ({ challenge, method }: Code, verifier: string): boolean => {
  if (challenge === undefined) return true;
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const proof = method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return proof.length === challenge.length && timingSafeEqual(Buffer.from(proof), Buffer.from(challenge));
};
