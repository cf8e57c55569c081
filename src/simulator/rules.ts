import type { Grant } from './tokens.ts';

/** How a connection is closed: a code of RFC 6455 section 7.4 and a reason. */
export type CloseWords = { readonly code: number; readonly reason: string };

/**
 * How the stand-in behaves. The defaults follow what is recorded of Zoom; where nothing is recorded, every possibility
 * is a rule, so that a client can be tried against each. May be changed while the simulator runs.
 */
export type Rules = {
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** The id under which the app signs users in without a secret. */
  publicClientId: string;
  /** Where browsers may be sent back to; undefined: to any loopback or https address. */
  redirectUris: readonly string[] | undefined;
  /** Whether the user who is asked to sign in agrees. */
  consents: boolean;
  /** The pause that a device is told to keep between its polls. Zoom: 5 s. */
  devicePollSeconds: number;
  /** The subscription ids that exist. */
  subscriptions: readonly string[];
  /** The grants that the app may use; Zoom answers `unsupported_grant_type` to any other. */
  grants: readonly Exclude<Grant, 'authorization_code'>[];
  /** Zoom: 3600 s. */
  tokenTtlMs: number;
  /** Whether a new token makes the older ones invalid (reported of some accounts, not of all). */
  mintInvalidatesOlder: boolean;
  /** Whether a live socket is closed when its token expires (not recorded). */
  expiryClosesSocket: boolean;
  /** How far the `Date` header is from the clock. */
  dateSkewMs: number;
  /** How long the answer to a token request, and to a connection, is held back. */
  tokenDelayMs: number;
  acceptDelayMs: number;
  /** An HTTP status with which every upgrade is refused; undefined: none is. */
  upgradeStatus: number | undefined;
  /** An HTTP status with which an unknown subscription id is refused at the upgrade; undefined: by a frame. */
  badSubscriptionStatus: number | undefined;
  /** The `content` of the answers to a connection. */
  acceptedText: string;
  emptyTokenText: string;
  invalidTokenText: string;
  badSubscriptionText: string;
  refusedClose: CloseWords;
  heartbeatsAnswered: boolean;
  /** A client that has sent no heartbeat for this long is closed. */
  silentAfterMs: number;
  silentClose: CloseWords;
  displacement: Displacement;
  /** The form of an event in its frame: encoded twice (what was seen), as an object, or with no frame around it. */
  contentAs: 'string' | 'object' | 'bare';
  /** How many calls a second the stand-in for Brevo takes, for contacts and for events each. Brevo: 10. */
  brevoPerSecond: number;
};

/** What happens to a connection when another one takes its subscription. */
export type Displacement = {
  /** Where the text stands. */
  readonly tell: 'frame' | 'reason' | 'both' | 'neither';
  /** When the old one is told, seen from the acceptance of the new one; `never`: it stays open. */
  readonly when: 'before' | 'with' | 'after' | 'never';
  /** The time between the two for `before` and `after`. */
  readonly gapMs: number;
  /** Which of them gets events while both are open. */
  readonly overlap: 'both' | 'new';
  readonly module: string;
  readonly text: string;
  readonly code: number;
};

export const DEFAULT_RULES: Rules = {
  accountId: 'SimulatedAccount0000001',
  clientId: 'SimulatedClient00000001',
  clientSecret: 'made-up-by-the-simulator',
  publicClientId: 'SimulatedPublicClient01',
  redirectUris: undefined,
  consents: true,
  devicePollSeconds: 5,
  subscriptions: ['SimulatedSubscription01', 'SimulatedSubscription02', 'SimulatedSubscription03'],
  grants: ['account_credentials', 'client_credentials'],
  tokenTtlMs: 3_600_000,
  mintInvalidatesOlder: false,
  expiryClosesSocket: false,
  dateSkewMs: 0,
  tokenDelayMs: 0,
  acceptDelayMs: 0,
  upgradeStatus: undefined,
  badSubscriptionStatus: undefined,
  acceptedText: 'connected',
  // Reported by users of the socket: "token is empty", and for a bad token "Invalid Token" in 2023, this in 2025.
  emptyTokenText: 'token is empty',
  invalidTokenText: 'Token is invalid',
  badSubscriptionText: 'subscription is invalid',
  refusedClose: { code: 1008, reason: '' },
  heartbeatsAnswered: true,
  silentAfterMs: 60_000,
  silentClose: { code: 1000, reason: 'no heartbeat' },
  displacement: {
    tell: 'both',
    when: 'with',
    gapMs: 1_000,
    overlap: 'new',
    module: 'build_connection',
    text: 'Connected in another place',
    code: 1000,
  },
  contentAs: 'string',
  brevoPerSecond: 10,
};
