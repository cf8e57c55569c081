import { isZoomHost } from '../../http/hosts.ts';
import { send } from '../../http/send.ts';
import { formatDuration } from '../../time/duration.ts';
import { MARKETPLACE } from '../../zoom/marketplace.ts';
import { readProbe } from '../api-answer.ts';
import { type Check, notNeeded, warn } from '../check.ts';
import { connectionOf } from '../connection-of.ts';

const GLOBAL_API = 'https://api.zoom.us/v2';

export const apiProbe: Check = {
  id: 'api.probe',
  section: 1,
  title: "Zoom's API takes the token",
  needs: ['oauth.token'],
  limitMs: 40_000,
  async run(context, signal) {
    const { apiUrl, credentials } = connectionOf(context);
    const { value, granted } = await context.tokens.token();
    if (granted?.grant === 'client_credentials') {
      return notNeeded('the grant is client_credentials, whose tokens the user API does not take');
    }
    const base = apiUrl ?? apiOf(granted?.apiUrl);
    const headers = { authorization: `Bearer ${value.reveal()}`, accept: 'application/json' };
    const startedAt = context.clock.monotonic();
    const answer = await send({ method: 'GET', url: `${base}/users/me`, headers }, context.env, signal);
    const took = formatDuration(context.clock.monotonic() - startedAt);
    const { accountId, ...finding } = readProbe(answer, new URL(base).host, took, credentials.kind === 'token');
    const ours = credentials.kind === 'app' ? credentials.accountId : undefined;
    if (accountId !== undefined && ours !== undefined && accountId !== ours) {
      return warn(
        `${finding.detail}; but the account is another one than the account id in the settings`,
        `Copy account id, client id and client secret again, all three from the same app: ${MARKETPLACE}, App Credentials.`,
      );
    }
    return finding;
  },
};

/** The regional host that Zoom named; a token goes nowhere else unasked. */
const apiOf = (named: string | undefined): string => {
  if (named === undefined || !URL.canParse(named)) return GLOBAL_API;
  const { protocol, hostname, href } = new URL(named);
  return protocol === 'https:' && isZoomHost(hostname) ? `${href.replace(/\/+$/, '')}/v2` : GLOBAL_API;
};
