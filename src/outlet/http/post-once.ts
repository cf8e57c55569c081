import type { Clock } from '../../time/clock.ts';
import { signed } from '../../webhook/headers.ts';
import { type Answer, createClient } from './client.ts';
import { headersFor } from './headers-for.ts';
import type { ForwardOptions } from './options.ts';
import { failureOf } from './outcome.ts';

/** Of the options of forwarding, those of a single request. */
export type PostOptions = Pick<
  ForwardOptions,
  'origin' | 'path' | 'addresses' | 'headers' | 'secret' | 'userAgent' | 'isInsecure' | 'timeoutMs' | 'env'
>;

export type PostWishes = {
  readonly body: string;
  readonly requestId?: string;
  /** How old the timestamp is to be, in milliseconds. */
  readonly ageMs?: number;
  /** A signature of the right form that nobody made. */
  readonly isWronglySigned?: boolean;
  /** Without a signature. */
  readonly isUnsigned?: boolean;
  /** The second half of the body comes late. */
  readonly isSlow?: boolean;
};

/** What came back, and after how long; `error`: why nothing did, in one word. */
export type Posted = { readonly ms: number } & (
  | { readonly answer: Answer; readonly error?: undefined }
  | { readonly answer?: undefined; readonly error: string }
);

/** Posts single requests to a handler, each once: no retries. `close` lets go of the connection. */
export const createPoster = (options: PostOptions, clock: Clock, signal: AbortSignal) => {
  const client = createClient(options, clock);
  const headersOf = (wishes: PostWishes) => {
    const { body, requestId, ageMs = 0, isWronglySigned = false, isUnsigned = false } = wishes;
    const signature = signed(isUnsigned ? undefined : options.secret, body, clock.now() - ageMs);
    const more = { 'x-zoom-ws-attempt': '1', ...(requestId === undefined ? {} : { 'x-zm-request-id': requestId }) };
    return headersFor(options, isWronglySigned ? { ...signature, 'x-zm-signature': WRONG } : signature, more);
  };
  return {
    close: client.close,
    async post(wishes: PostWishes): Promise<Posted> {
      const began = clock.monotonic();
      const took = () => clock.monotonic() - began;
      try {
        const answer = await client.post(
          () => ({
            body: wishes.isSlow === true ? slowly(wishes.body, clock, signal) : wishes.body,
            headers: headersOf(wishes),
          }),
          signal,
        );
        return { ms: took(), answer };
      } catch (error) {
        signal.throwIfAborted();
        const outcome = failureOf(error);
        return { ms: took(), error: 'error' in outcome ? (outcome.error ?? '') : '' };
      }
    },
  };
};

const WRONG = `v0=${'0'.repeat(64)}`;

const SLOW_MS = 2_000;

async function* slowly(body: string, clock: Clock, signal: AbortSignal): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(body);
  const half = Math.ceil(bytes.length / 2);
  yield bytes.subarray(0, half);
  await clock.sleep(SLOW_MS, signal);
  yield bytes.subarray(half);
}
