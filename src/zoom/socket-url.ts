import { Secret } from '../secret.ts';
import type { Subscription } from './subscription.ts';

/**
 * The URL of one connection. The token must stand in the query: as a header Zoom ignores it and answers
 * `token is empty` [Zoom developer forum 69974]. The whole URL is therefore a secret.
 */
export const socketUrl = ({ id, url }: Subscription, token: Secret): Secret => {
  const full = new URL(url);
  full.searchParams.set('subscriptionId', id);
  full.searchParams.set('access_token', token.reveal());
  return new Secret(full.href);
};
