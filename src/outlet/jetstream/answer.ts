import type { Outcome } from '../publish/index.ts';

/** Errors of JetStream that mean the message itself [nats-server, errors.json]. */
const TOO_LARGE = 10054;
/** The stream is not the one that the subject leads to. */
export const WRONG_STREAM = 10060;

type PubAck = {
  readonly stream?: string;
  readonly duplicate?: boolean;
  readonly error?: { readonly err_code?: number; readonly description?: string };
};

/** What a confirmation says. Throws where the engine could not store it now, or never will at this subject. */
export const outcomeOf = (text: string): Outcome => {
  const ack = JSON.parse(text) as PubAck;
  if (ack.error !== undefined) {
    const { err_code: code, description = 'an unknown error' } = ack.error;
    if (code === TOO_LARGE) return { refused: description };
    throw new NotStored(description, code);
  }
  if (ack.stream === undefined) throw new NotStored('an answer that is no confirmation', undefined);
  return ack.duplicate === true ? 'known' : 'stored';
};

/** The server answered that it did not store a message. */
export class NotStored extends Error {
  readonly code: number | undefined;

  constructor(description: string, code: number | undefined) {
    super(description);
    this.code = code;
  }
}
