import type { Arrival } from '../../event/arrival.ts';
import type { Notify } from '../../notice/notice.ts';
import type { TokenKeeper } from '../../oauth/token-keeper.ts';
import type { Secret } from '../../secret.ts';
import type { Clock } from '../../time/clock.ts';
import type { Connection } from './connection.ts';
import type { Displacement } from './displacement.ts';
import type { Retries } from './retries.ts';

/** What one subscription's life is made of. */
export type SubscriptionParts = {
  readonly subscription: string;
  readonly keeper: TokenKeeper;
  readonly retries: Retries;
  readonly displacement: Displacement;
  /** Opens one connection; what it brings goes to `emit`. */
  readonly connect: (token: Secret, emit: (arrival: Arrival) => void) => Promise<Connection>;
  readonly emit: (arrival: Arrival) => void;
  readonly clock: Clock;
  readonly notify: Notify;
  readonly signal: AbortSignal;
};
