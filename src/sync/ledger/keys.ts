import { createHmac } from 'node:crypto';

/** Makes keys that tell nobody anything without the secret beside the ledger. */
export type Keys = {
  /** Of a contact. */
  readonly contact: (email: string) => string;
  /** Of an event: its name, what it is about, and the person. */
  readonly event: (name: string, session: string, email: string) => string;
};

/** 96 bits: two of a billion keys are the same with a chance of one in a hundred billion. */
const KEY_CHARACTERS = 16;

export const createKeys = (secret: Buffer): Keys => {
  const key = (...parts: readonly string[]): string =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url').slice(0, KEY_CHARACTERS);
  return {
    contact: (email) => key('contact', email),
    event: (name, session, email) => key('event', name, session, email),
  };
};
