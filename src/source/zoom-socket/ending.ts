import type { RetryAfter } from '../../http/retry-after.ts';
import { statusRefuses } from '../../http/worth-retrying.ts';
import type { LinkEnd } from '../../link/dial.ts';
import { POLICY_VIOLATION } from '../../zoom/close-codes.ts';
import { saysDisplaced } from '../../zoom/message.ts';

/** How a connection ended. */
export type Ending =
  /** Zoom did not accept the token or the subscription; `words` are its own. */
  | { readonly kind: 'refused'; readonly words: string }
  /** Another client connected to the same subscription. */
  | { readonly kind: 'displaced'; readonly words: string }
  /** Anything that another attempt may mend. */
  | {
      readonly kind: 'lost';
      readonly code: number;
      readonly reason: string;
      readonly advice?: string | undefined;
      readonly retryAfter?: RetryAfter | undefined;
    }
  /** We closed it. */
  | { readonly kind: 'asked' };

/** What the close codes of RFC 6455, 7.4.1, mean to a reader of stderr. */
const CODES: Readonly<Record<number, string>> = {
  1000: 'closed normally',
  1001: 'Zoom is going away (a restart)',
  1005: 'closed without a reason',
  1006: 'the connection broke',
  1008: 'policy violation: Zoom does not accept the token or the subscription, or no longer does',
  1009: 'a frame was too large',
  1011: 'an error on Zoom’s side',
  1012: 'Zoom is restarting',
  1013: 'Zoom is overloaded',
};

/** A displaced client need not be told why: a plain close is all that some will see. */
const ADVICE: Readonly<Record<number, string>> = {
  1000: 'If this repeats, another client is probably connected to the same subscription: Zoom allows one at a time.',
};

/**
 * How a connection ended, from how its link did. `verdict`: what was known before; `hasSuccessor`: a connection of our
 * own was about to take its place, and then "another client connected" means us.
 */
export const endingOf = (end: LinkEnd, verdict: Ending | undefined, hasSuccessor: boolean): Ending => {
  const displaced = saysDisplaced(end.reason) ? { kind: 'displaced' as const, words: end.reason } : undefined;
  const known = verdict ?? displaced;
  if (known?.kind === 'displaced' && hasSuccessor) {
    return { kind: 'lost', code: end.code, reason: 'replaced by our own new connection' };
  }
  if (known) return known;
  if (end.status !== undefined && statusRefuses(end.status)) {
    return { kind: 'refused', words: `HTTP ${end.status} at the upgrade` };
  }
  if (end.code === POLICY_VIOLATION) return { kind: 'refused', words: `close code 1008 ${end.reason}`.trim() };
  return lostEnding(end);
};

/** The end of a link that nothing explained beforehand. */
const lostEnding = (end: LinkEnd): Ending => ({
  kind: 'lost',
  code: end.code,
  reason: [
    end.failure ??
      (end.status === undefined ? (CODES[end.code] ?? 'closed') : `the upgrade was answered ${end.status}`),
    end.reason,
  ]
    .filter((part) => part !== '')
    .join(': '),
  advice: end.advice ?? ADVICE[end.code],
  retryAfter: end.retryAfter,
});
