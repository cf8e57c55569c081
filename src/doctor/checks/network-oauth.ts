import { type Check, notNeeded } from '../check.ts';
import { connectionOf } from '../connection-of.ts';
import { networkFinding } from '../network-finding.ts';

export const networkOauth: Check = {
  id: 'network.oauth',
  section: 1,
  title: 'the token endpoint can be reached',
  needs: ['setup.settings'],
  limitMs: 60_000,
  run(context, signal) {
    const { credentials, oauthUrl } = connectionOf(context);
    if (credentials.kind === 'token') return notNeeded('an access token is given: no token is requested');
    return networkFinding([oauthUrl], ['token URL'], context, signal);
  },
};
