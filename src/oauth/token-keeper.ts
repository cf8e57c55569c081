import { ZoomWsError } from '../errors.ts';
import type { Notify } from '../notice/notice.ts';
import type { Secret } from '../secret.ts';
import { explainSocketRefusal } from '../zoom/socket-refusals.ts';
import type { AppCredentials, Credentials, Grant } from './credentials.ts';
import { fetchToken, type Token, type TokenDeps, TokenRefused } from './token.ts';

/** A token is replaced this long before it expires, or after four fifths of its life if that is later. */
const MARGIN_MS = 300_000;
const SHORT_LIVED_SHARE = 0.8;
/** Nor earlier than this, however short its life is said to be: a token endpoint must not be hammered. */
const SHORTEST_MS = 1_000;

/** Timers may fire a little early: whoever comes to renew a token must not be given the old one. */
const EARLY_MS = 50;

/** A token to connect with. */
export type HeldToken = {
  readonly value: Secret;
  /** On `clock.monotonic()`: when it is to be replaced; Infinity for one that was given. */
  readonly renewAt: number;
  /** On `clock.monotonic()`: when it expires; Infinity for one that was given. */
  readonly expiresAt: number;
};

/** The one holder of this app's token: newer tokens may end older ones, so nothing else in the process asks for one. */
export type TokenKeeper = {
  /**
   * The token to connect with: the one at hand while it is good, else a new one. One request is in flight at a time;
   * whoever asks meanwhile gets its answer. Throws what `fetchToken` throws.
   */
  current(): Promise<HeldToken>;
  /** Zoom did not accept this one: the next `current` asks for another. A given token stays. */
  reject(token: Secret): void;
  /** Whether another token can be had at all. */
  readonly canRenew: boolean;
  /** The error for a connection that Zoom refused for good; `words` are Zoom's. */
  refusal(subscription: string, words: string): ZoomWsError;
  /** The newest token as granted; undefined before the first, and for a given one. */
  granted(): Token | undefined;
};

export const createTokenKeeper = (
  credentials: Credentials,
  oauthUrl: string,
  deps: TokenDeps & { readonly notify: Notify },
): TokenKeeper => (credentials.kind === 'token' ? givenToken(credentials) : askedToken(credentials, oauthUrl, deps));

const givenToken = ({ token, place }: Extract<Credentials, { kind: 'token' }>): TokenKeeper => ({
  current: async () => ({
    value: token,
    renewAt: Number.POSITIVE_INFINITY,
    expiresAt: Number.POSITIVE_INFINITY,
  }),
  reject: () => {},
  canRenew: false,
  refusal: (subscription, words) =>
    new ZoomWsError(
      'refused',
      `Zoom refused the connection to subscription ${subscription}: "${words}". The access token came from ${place}.`,
      {
        hint: 'Tokens live an hour: give a fresh one, or client id and secret, so that zoom-ws asks for tokens itself. Otherwise the subscription id is wrong.',
      },
    ),
  granted: () => undefined,
});

const askedToken = (
  credentials: AppCredentials,
  oauthUrl: string,
  deps: TokenDeps & { readonly notify: Notify },
): TokenKeeper => {
  let held: Token | undefined;
  let asking: Promise<Token> | undefined;
  // What worked once is asked for first ever after.
  let grant = firstGrant(credentials);

  const ask = async (): Promise<Token> => {
    try {
      return await fetchToken(oauthUrl, credentials, grant, deps);
    } catch (error) {
      const other = otherGrant(grant, credentials);
      if (!(error instanceof TokenRefused) || error.refusal.id !== 'wrong-grant' || held || !other) throw error;
      const token = await fetchToken(oauthUrl, credentials, other, deps).catch((second: unknown) => {
        // The first answer is about what the user meant; the second try was ours.
        throw second instanceof TokenRefused ? error : second;
      });
      deps.notify({ kind: 'grant-chosen', refused: grant, worked: other });
      const chosen = { ...token, insteadOf: grant };
      grant = other;
      return chosen;
    }
  };

  return {
    async current() {
      if (!held || renewAt(held) - EARLY_MS <= deps.clock.monotonic()) {
        asking ??= ask().finally(() => {
          asking = undefined;
        });
        held = await asking;
      }
      return { value: held.value, renewAt: renewAt(held), expiresAt: held.receivedAt + held.lifeMs };
    },
    reject(token) {
      // Another subscription may have replaced it meanwhile; the new one is not to blame.
      if (held?.value === token) held = undefined;
    },
    canRenew: true,
    refusal: (subscription, words) =>
      new ZoomWsError(
        'refused',
        `Zoom refused the connection to subscription ${subscription}, also with a fresh token: "${words}". The client secret came from ${credentials.place}.`,
        { hint: explainSocketRefusal(words).hint },
      ),
    granted: () => held,
  };
};

const renewAt = ({ receivedAt, lifeMs }: Token): number =>
  receivedAt + Math.max(lifeMs - MARGIN_MS, lifeMs * SHORT_LIVED_SHARE, SHORTEST_MS);

const firstGrant = ({ grant, accountId }: AppCredentials): Grant => {
  if (grant !== 'auto') return grant;
  return accountId === undefined ? 'client_credentials' : 'account_credentials';
};

const otherGrant = (tried: Grant, { grant, accountId }: AppCredentials): Grant | undefined => {
  if (grant !== 'auto') return undefined;
  if (tried === 'account_credentials') return 'client_credentials';
  return accountId === undefined ? undefined : 'account_credentials';
};
