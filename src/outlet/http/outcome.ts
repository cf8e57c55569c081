import { retryAfterMs } from '../../http/retry-after.ts';
import type { EpochMs } from '../../time/clock.ts';
import { type Answer, codeOf } from './client.ts';

/** What an attempt came to, and whether another can help. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number }
  | { readonly kind: 'final'; readonly status: number }
  /** Counts as an attempt. `retryAfterMs`: the handler's own word. */
  | {
      readonly kind: 'failed';
      readonly status?: number;
      readonly error?: string;
      readonly retryAfterMs?: number | undefined;
    }
  /** Nobody is there: not an attempt. */
  | { readonly kind: 'unreachable'; readonly error: string };

/** Connection refused, host or network unreachable, a name that does not resolve. */
const NOBODY: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** The longest `Retry-After` that is heeded. */
const LONGEST_PAUSE_MS = 300_000;

export const outcomeOf = ({ status, headers }: Answer, now: EpochMs): Outcome => {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status < 500 && status !== 408 && status !== 429) return { kind: 'final', status };
  const pause = retryAfterMs({ value: first(headers['retry-after']), date: first(headers.date) }, now);
  return { kind: 'failed', status, retryAfterMs: pause === undefined ? undefined : Math.min(pause, LONGEST_PAUSE_MS) };
};

export const failureOf = (error: unknown): Outcome => {
  const code = codeOf(error);
  if (NOBODY.has(code)) return { kind: 'unreachable', error: code };
  if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'failed', error: 'timeout' };
  return { kind: 'failed', error: code === '' ? 'broken connection' : code };
};

const first = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;
