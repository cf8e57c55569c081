import type { Clock, EpochMs } from '../time/clock.ts';

/** How a token was had; `authorization_code` is a user's, also after a refresh and by the device flow. */
export type Grant = 'account_credentials' | 'client_credentials' | 'authorization_code';

export type Token = { readonly text: string; readonly grant: Grant; readonly expiresAt: EpochMs };

/** The tokens that were handed out and are still good. */
export type Tokens = {
  /** A new token; with `alone` it is the only good one. */
  mint(grant: Grant, ttlMs: number, alone: boolean): Token;
  /** The token, if it was handed out and is still good. */
  find(text: string): Token | undefined;
  /** Makes this one invalid. */
  drop(text: string): void;
  /** Makes every token invalid. */
  revoke(): void;
  count(): number;
};

export const createTokens = (clock: Clock, random: () => number, issuer: string): Tokens => {
  const good = new Map<string, Token>();
  let minted = 0;
  const find = (text: string): Token | undefined => {
    const token = good.get(text);
    if (token === undefined || token.expiresAt > clock.now()) return token;
    good.delete(text);
    return undefined;
  };
  return {
    find,
    mint(grant, ttlMs, alone) {
      if (alone) good.clear();
      for (const text of good.keys()) find(text);
      minted += 1;
      const expiresAt = clock.now() + ttlMs;
      const token: Token = {
        text: tokenText({ issuer, minted, expiresAt, now: clock.now() }, random),
        grant,
        expiresAt,
      };
      good.set(token.text, token);
      return token;
    },
    drop: (text) => void good.delete(text),
    revoke: () => good.clear(),
    count: () => [...good.keys()].filter((text) => find(text) !== undefined).length,
  };
};

/** Three parts with dots between, beginning with `eyJ`, as Zoom's tokens look. Not signed. */
const tokenText = (
  facts: { issuer: string; minted: number; expiresAt: EpochMs; now: EpochMs },
  random: () => number,
): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    ver: 10,
    iss: `zm:cid:${facts.issuer}`,
    aud: 'https://oauth.zoom.us',
    iat: Math.floor(facts.now / 1000),
    exp: Math.floor(facts.expiresAt / 1000),
    jti: `${facts.minted}-${Math.floor(random() * 2 ** 32).toString(16)}`,
  };
  const signature = Buffer.from(Array.from({ length: 48 }, () => Math.floor(random() * 256))).toString('base64url');
  return `${part({ alg: 'HS512', typ: 'JWT' })}.${part(claims)}.${signature}`;
};
