import type { Ending } from './ending.ts';

/** Where a connection stands. */
export type Phase =
  /** Dialled, and perhaps open: Zoom has not said whether it accepts the connection. */
  | { readonly kind: 'unanswered' }
  /** Accepted: events come, heartbeats go. */
  | { readonly kind: 'live' }
  /** We have begun to close it, and why is known; what is in flight still arrives. */
  | { readonly kind: 'closing'; readonly why: Ending }
  /** We have cut it. `isAlone`: nothing answered our closing, so the other side may have been dead for long. */
  | { readonly kind: 'cut'; readonly why: Ending; readonly isAlone: boolean }
  | { readonly kind: 'over'; readonly ending: Ending };

/** Why it ends, if that was known before the socket was closed. */
export const verdictIn = (phase: Phase): Ending | undefined =>
  phase.kind === 'closing' || phase.kind === 'cut' ? phase.why : undefined;
