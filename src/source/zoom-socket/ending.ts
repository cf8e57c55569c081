import type { LinkEnd } from './dial.ts';

/** How a connection ended. */
export type Ending =
  /** Zoom did not want the token or the subscription; `words` are its own. */
  | { readonly kind: 'refused'; readonly words: string }
  /** Another client connected to the same subscription. */
  | { readonly kind: 'displaced'; readonly words: string }
  /** Anything that another attempt may mend. */
  | {
      readonly kind: 'lost';
      readonly code: number;
      readonly reason: string;
      readonly advice?: string | undefined;
      readonly retryAfter?: string | undefined;
    }
  /** We closed it. */
  | { readonly kind: 'asked' };

/** What the close codes of RFC 6455, 7.4.1, mean to a reader of stderr. */
const CODES: Readonly<Record<number, string>> = {
  1000: 'closed normally',
  1001: 'Zoom is going away (a restart)',
  1005: 'closed without a reason',
  1006: 'the connection broke',
  1008: 'policy violation: Zoom does not accept the token or the subscription (any more)',
  1009: 'a frame was too large',
  1011: 'an error on Zoom’s side',
  1012: 'Zoom is restarting',
  1013: 'Zoom is overloaded',
};

/** The end of a link that nobody explained beforehand. */
export const lostEnding = (end: LinkEnd): Ending => ({
  kind: 'lost',
  code: end.code,
  reason: [
    end.failure ??
      (end.status === undefined ? (CODES[end.code] ?? 'closed') : `the upgrade was answered ${end.status}`),
    end.reason,
  ]
    .filter((part) => part !== '')
    .join(': '),
  advice: end.advice,
  retryAfter: end.retryAfter,
});
