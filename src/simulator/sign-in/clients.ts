import type { Rules } from '../rules.ts';

/** Who asks: the app with its secret, or the same app as a public client, which has none. */
export type Client = 'confidential' | 'public';

/** Basic with the secret, or the public client's id alone; undefined for anybody else. */
export const clientOf = (
  { clientId, clientSecret, publicClientId }: Rules,
  authorization: string | undefined,
  named: string,
): Client | undefined => {
  if (authorization === undefined) return named === publicClientId ? 'public' : undefined;
  const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  return Buffer.from(encoded, 'base64').toString() === `${clientId}:${clientSecret}` ? 'confidential' : undefined;
};
