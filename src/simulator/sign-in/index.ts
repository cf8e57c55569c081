import { randomBytes } from 'node:crypto';
import type { Answer, Asked } from '../../serve/answer.ts';
import type { Clock } from '../../time/clock.ts';
import type { Log } from '../log.ts';
import type { Rules } from '../rules.ts';
import type { Tokens } from '../tokens.ts';
import { authorize } from './authorize.ts';
import { type Client, clientOf } from './clients.ts';
import { createCodes } from './codes.ts';
import { createDevices } from './device.ts';

export { type Client, clientOf } from './clients.ts';

type Deps = {
  readonly rules: Rules;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly log: Log;
  readonly baseUrl: () => string;
};

type Parameter = (name: string) => string;

const SCOPES = 'user:read:user meeting:read:meeting meeting:read:list_past_participants';

/** Signing users in: what a browser, another screen and the token endpoint are answered. */
export const createSignIn = (deps: Deps) => {
  const { rules, tokens, clock, log, baseUrl } = deps;
  const codes = createCodes(clock);
  const devices = createDevices(deps);
  /** Refresh tokens that are good: whose, and the access token that was granted with it. */
  const refreshes = new Map<string, { readonly client: Client; readonly access: string }>();

  const grant = (client: Client): Answer => {
    const access = tokens.mint('authorization_code', rules.tokenTtlMs, rules.mintInvalidatesOlder).text;
    const refresh = `eyJ${randomBytes(48).toString('base64url')}`;
    refreshes.set(refresh, { client, access });
    const [oldest] = refreshes.keys();
    if (refreshes.size > MOST_SIGN_INS && oldest !== undefined) refreshes.delete(oldest);
    return json(200, {
      access_token: access,
      token_type: 'bearer',
      refresh_token: refresh,
      expires_in: Math.floor(rules.tokenTtlMs / 1000),
      scope: SCOPES,
      api_url: baseUrl(),
    });
  };
  const refresh = (parameter: Parameter, client: Client): Answer => {
    const text = parameter('refresh_token');
    if (refreshes.get(text)?.client !== client) return json(400, { reason: 'Invalid Token!', error: 'invalid_grant' });
    // Each is used once: the new one takes its place.
    refreshes.delete(text);
    return grant(client);
  };
  const device = (parameter: Parameter, client: Client): Answer => {
    const poll = devices.poll(parameter('device_code'), client);
    return poll === 'approved' ? grant(client) : json(400, { reason: poll, error: poll });
  };
  const revoke = ({ headers, body, query }: Asked): Answer => {
    const form = new URLSearchParams(body);
    const parameter: Parameter = (name) => form.get(name) ?? query.get(name) ?? '';
    const client = clientOf(rules, headers.authorization, parameter('client_id'));
    if (client === undefined)
      return json(400, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' });
    const text = parameter('token');
    const found = [...refreshes].find(([key, { access }]) => key === text || access === text);
    if (found === undefined || found[1].client !== client) {
      return json(400, { reason: 'Invalid Token!', error: 'invalid_request' });
    }
    refreshes.delete(found[0]);
    tokens.drop(found[1].access);
    log({ what: 'token', text: 'a sign-in was revoked' });
    return json(200, { status: 'success' });
  };

  return {
    /** The token endpoint's answer to a user's grant; undefined for any other grant. */
    exchange(parameter: Parameter, client: Client): Answer | undefined {
      switch (parameter('grant_type')) {
        case 'authorization_code':
          return codes.redeem(parameter('code'), client, parameter('redirect_uri'), parameter('code_verifier'))
            ? grant(client)
            : json(400, { reason: 'Invalid authorization code', error: 'invalid_grant' });
        case 'refresh_token':
          return refresh(parameter, client);
        case 'urn:ietf:params:oauth:grant-type:device_code':
          return device(parameter, client);
        default:
          return undefined;
      }
    },
    routes: {
      'GET /oauth/authorize': authorize({ rules, codes, log }),
      'POST /oauth/devicecode': devices.request,
      'GET /oauth_device': devices.page,
      'POST /oauth/revoke': revoke,
    },
  };
};

export type SignIn = ReturnType<typeof createSignIn>;

const MOST_SIGN_INS = 1_000;

const json = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body) });
