import { isLoopback } from '../../http/hosts.ts';
import type { Rules } from '../rules.ts';
import type { Client } from './clients.ts';

/**
 * Whether the browser may be sent there. A public client's loopback port is ignored, as Zoom does; everything else must
 * be registered exactly. Where the rules register nothing, any loopback and any https address counts as registered.
 */
export const isRegistered = (uri: string, client: Client, { redirectUris }: Pick<Rules, 'redirectUris'>): boolean => {
  if (!URL.canParse(uri)) return false;
  const url = new URL(uri);
  if (redirectUris === undefined) {
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  }
  const withoutPort = uri.replace(/^(http:\/\/127\.0\.0\.1):\d+/, '$1');
  return redirectUris.includes(uri) || (client === 'public' && redirectUris.includes(withoutPort));
};
