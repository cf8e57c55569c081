import type { Answer, Asked } from '../../serve/answer.ts';
import type { Log } from '../log.ts';
import type { Rules } from '../rules.ts';
import type { Client } from './clients.ts';
import type { createCodes } from './codes.ts';
import { isRegistered } from './redirects.ts';

type Deps = { readonly rules: Rules; readonly codes: ReturnType<typeof createCodes>; readonly log: Log };

const refuse = (code: number, reason: string): Answer => ({
  status: 400,
  body: JSON.stringify({ code, reason, error: 'invalid_request' }),
});

/**
 * `GET /oauth/authorize`: nobody is asked, the browser is sent back at once with a code, or with a denial where the
 * rules say so. Where to is checked first: an address that is not registered gets nothing.
 */
export const authorize =
  ({ rules, codes, log }: Deps) =>
  ({ query }: Asked): Answer => {
    const parameter = (name: string): string => query.get(name) ?? '';
    const id = parameter('client_id');
    const client: Client | undefined =
      id === rules.publicClientId ? 'public' : id === rules.clientId ? 'confidential' : undefined;
    const redirectUri = parameter('redirect_uri');
    const answer = (): Answer => {
      if (client === undefined) return refuse(4702, 'Invalid client_id');
      if (!isRegistered(redirectUri, client, rules)) return refuse(4709, 'Redirect URI mismatch');
      if (parameter('response_type') !== 'code') return refuse(4706, 'response_type must be code');
      const challenge = query.get('code_challenge') ?? undefined;
      // RFC 7636, 4.3: plain unless said otherwise.
      const method = query.get('code_challenge_method') ?? 'plain';
      if (client === 'public' && challenge === undefined) return refuse(4732, 'code_challenge is missing');
      if (method !== 'S256' && method !== 'plain') return refuse(4732, 'code_challenge_method is not supported');
      const back = new URL(redirectUri);
      if (rules.consents) back.searchParams.set('code', codes.issue({ client, redirectUri, challenge, method }));
      else back.searchParams.set('error', 'access_denied');
      const state = query.get('state');
      if (state !== null) back.searchParams.set('state', state);
      return { status: 302, body: '', headers: { location: back.href } };
    };
    const answered = answer();
    const said = answered.status === 302 ? (rules.consents ? 'signed in' : 'denied') : `refused, ${answered.body}`;
    log({ what: answered.status === 302 ? 'token' : 'token-refused', text: `sign-in: ${said}` });
    return answered;
  };
