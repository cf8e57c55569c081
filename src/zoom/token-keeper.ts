import type { AppCredentials, Credentials, Grant } from '../config/connection.ts';
import type { Secret } from '../config/secret.ts';
import { ZoomWsError } from '../errors.ts';
import type { Notify } from '../notice/notice.ts';
import { fetchToken, type Token, type TokenDeps, TokenRefused } from './token.ts';

/** A token is replaced this long before it expires, or after four fifths of its life if that is later. */
const MARGIN_MS = 300_000;
const SHORT_LIVED_SHARE = 0.8;

/** The one holder of this app's token: newer tokens may end older ones, so nobody else in the process asks for any. */
export type TokenKeeper = {
  /**
   * The token to connect with: the one at hand while it is good, else a new one. One request is in flight at a time;
   * who asks meanwhile gets its answer. Throws what `fetchToken` throws.
   */
  current(): Promise<Secret>;
  /** Zoom did not accept this one: the next `current` asks for another. Throws `refused` if the token was given. */
  reject(token: Secret, words: string): void;
  /** Milliseconds until the token at hand is to be replaced; Infinity if it never is. */
  dueInMs(): number;
  /** The newest token as granted; undefined before the first, and for a given one. */
  granted(): Token | undefined;
};

export const createTokenKeeper = (
  credentials: Credentials,
  oauthUrl: string,
  deps: TokenDeps & { readonly notify: Notify },
): TokenKeeper => (credentials.kind === 'token' ? givenToken(credentials) : askedToken(credentials, oauthUrl, deps));

const givenToken = ({ token, place }: Extract<Credentials, { kind: 'token' }>): TokenKeeper => ({
  current: async () => token,
  reject(_token, words) {
    throw new ZoomWsError('refused', `Zoom refused the access token that came from ${place}: it said "${words}".`, {
      hint: 'Tokens live an hour. Give a fresh one, or client id and secret instead, so that zoom-ws asks for tokens itself.',
    });
  },
  dueInMs: () => Number.POSITIVE_INFINITY,
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
      grant = other;
      return token;
    }
  };

  const dueInMs = (): number => {
    if (!held) return 0;
    const renewAfter = Math.max(held.lifeMs - MARGIN_MS, held.lifeMs * SHORT_LIVED_SHARE);
    return held.receivedAt + renewAfter - deps.clock.monotonic();
  };

  return {
    async current() {
      if (held && dueInMs() > 0) return held.value;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      held = await asking;
      return held.value;
    },
    reject(token) {
      // Another subscription may have replaced it meanwhile; the new one is not to blame.
      if (held?.value === token) held = undefined;
    },
    dueInMs,
    granted: () => held,
  };
};

const firstGrant = ({ grant, accountId }: AppCredentials): Grant => {
  if (grant !== 'auto') return grant;
  return accountId === undefined ? 'client_credentials' : 'account_credentials';
};

const otherGrant = (tried: Grant, { grant, accountId }: AppCredentials): Grant | undefined => {
  if (grant !== 'auto') return undefined;
  if (tried === 'account_credentials') return 'client_credentials';
  return accountId === undefined ? undefined : 'account_credentials';
};
