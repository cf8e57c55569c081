import type { Answer, Asked } from '../serve/answer.ts';
import type { Clock } from '../time/clock.ts';
import type { Note } from './heard.ts';
import type { Log } from './log.ts';
import type { Rules } from './rules.ts';
import { clientOf, type SignIn } from './sign-in/index.ts';
import type { Grant, Tokens } from './tokens.ts';

/** The refusals of Zoom's token endpoint, word for word as users reported them. */
const REFUSALS = {
  client: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' },
  grant: { reason: 'unsupported grant type', error: 'unsupported_grant_type' },
  account: { reason: 'Bad Request', error: 'invalid_request' },
} as const;

/** Those of the look-ups that the simulator answers. */
const LOOK_UPS = [
  ...[
    'meeting',
    'past_meeting',
    'list_meetings',
    'list_past_instances',
    'list_past_participants',
    'list_registrants',
  ].map((action) => `meeting:read:${action}:admin`),
  ...['webinar', 'list_past_instances', 'list_past_participants', 'list_registrants', 'list_absentees'].map(
    (action) => `webinar:read:${action}:admin`,
  ),
  'webinar:read:list_tracking_sources:admin',
  'webinar:read:list_panelists:admin',
  'cloud_recording:read:list_recording_files:admin',
  'report:read:user:admin',
  'user:read:list_users:admin',
].join(' ');

const SCOPES: Readonly<Record<Exclude<Grant, 'authorization_code'>, string>> = {
  account_credentials: `user:read:user:admin ${LOOK_UPS} marketplace:write:websocket_connection:admin`,
  client_credentials: 'marketplace:read:event_subscription marketplace:write:websocket_connection',
};

export type TokenEndpointDeps = {
  readonly rules: Rules;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Log;
  /** A fault's answer to this request, if one is on. */
  readonly fault: () => Answer | undefined;
  readonly baseUrl: () => string;
  readonly signIn: Pick<SignIn, 'exchange'>;
};

/** `POST /oauth/token`: Basic auth, parameters in the form body or in the query, Zoom's answers. */
export const tokenEndpoint = (deps: TokenEndpointDeps) => {
  const { clock, note, log } = deps;
  return (asked: Asked): Answer => {
    const contentType = asked.headers['content-type'] ?? '';
    // A JSON body is not read: Zoom answered "unsupported grant type" to one.
    const form = new URLSearchParams(/json/i.test(contentType) ? '' : asked.body);
    const parameter = (name: string) => form.get(name) ?? asked.query.get(name) ?? '';
    const answer = deps.fault() ?? decide(deps, parameter, asked.headers.authorization);
    note('tokenRequests', {
      at: clock.now(),
      grant: parameter('grant_type'),
      accountId: parameter('account_id'),
      contentType,
      query: asked.query.toString(),
      body: asked.body,
      status: answer.status,
    });
    const asks = `token request (${parameter('grant_type') || 'no grant_type'})`;
    if (answer.status === 200) log({ what: 'token', text: `${asks}: answered` });
    else log({ what: 'token-refused', text: `${asks}: refused, ${answer.status} ${answer.body}` });
    return answer;
  };
};

const decide = (
  { rules, tokens, baseUrl, signIn }: TokenEndpointDeps,
  parameter: (name: string) => string,
  authorization: string | undefined,
): Answer => {
  const refuse = (why: keyof typeof REFUSALS): Answer => ({ status: 400, body: JSON.stringify(REFUSALS[why]) });
  const client = clientOf(rules, authorization, parameter('client_id'));
  if (client === undefined) return refuse('client');
  const grant = parameter('grant_type');
  const exchanged = signIn.exchange(parameter, client);
  if (exchanged !== undefined) return exchanged;
  // The app's own tokens are for whoever has its secret.
  if (client === 'public') return refuse('client');
  if ((grant !== 'account_credentials' && grant !== 'client_credentials') || !rules.grants.includes(grant)) {
    return refuse('grant');
  }
  if (grant === 'account_credentials' && parameter('account_id') !== rules.accountId) return refuse('account');
  const token = tokens.mint(grant, rules.tokenTtlMs, rules.mintInvalidatesOlder);
  const body = {
    access_token: token.text,
    token_type: 'bearer',
    expires_in: Math.floor(rules.tokenTtlMs / 1000),
    scope: SCOPES[grant],
    api_url: baseUrl(),
  };
  return { status: 200, body: JSON.stringify(body) };
};
