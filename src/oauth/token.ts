import { ZoomWsError } from '../errors.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { type Answer, send } from '../http/send.ts';
import { statusMayPass } from '../http/worth-retrying.ts';
import type { Secret, SecretKeeper } from '../secret.ts';
import type { Clock, EpochMs } from '../time/clock.ts';
import type { Refusal } from '../zoom/refusal.ts';
import type { AppCredentials, Grant } from './credentials.ts';
import { explainRefusal } from './refusals.ts';

/** A token as Zoom granted it. */
export type Token = {
  readonly value: Secret;
  /** How long it lives, in milliseconds from its receipt. */
  readonly lifeMs: number;
  /** On `clock.monotonic()`: nothing here depends on the wall clock. */
  readonly receivedAt: number;
  /** The base of the API for this account, if Zoom named it. */
  readonly apiUrl: string | undefined;
  readonly scope: string | undefined;
  readonly grant: Grant;
  /** The grant that was asked for first, and that Zoom does not support for this app. */
  readonly insteadOf?: Grant;
};

/** Zoom's tokens live an hour [Zoom's documentation]; assumed where an answer does not say. */
const USUAL_LIFE_MS = 3_600_000;

export type TokenDeps = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly secrets: SecretKeeper;
  readonly signal: AbortSignal;
  /** Hears the server's clock, in the moment of an answer that says it, whatever else the answer says. */
  readonly onServerDate?: (date: EpochMs) => void;
};

/** A refusal by Zoom, with its explanation: the run cannot go on with these credentials. */
export class TokenRefused extends ZoomWsError {
  readonly refusal: Refusal;

  constructor(message: string, refusal: Refusal) {
    super('refused', message, { hint: refusal.hint });
    this.refusal = refusal;
  }
}

/**
 * One request for a token, one answer. The parameters go in a form body, nothing in the query: both forms are published,
 * but the query form fails for some apps and ends up in access logs.
 * Throws `TokenRefused`, or `unreachable` and `not-zoom`, which may pass.
 */
export const fetchToken = async (
  url: string,
  credentials: AppCredentials,
  grant: Grant,
  deps: TokenDeps,
): Promise<Token> => {
  const form = new URLSearchParams({ grant_type: grant });
  if (grant === 'account_credentials') form.set('account_id', credentials.accountId ?? '');
  const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret.reveal()}`).toString('base64');
  const headers = {
    authorization: `Basic ${basic}`,
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  const answer = await send({ method: 'POST', url, headers, body: form.toString() }, deps.env, deps.signal);
  const serverDate = Date.parse(answer.headers.date ?? '');
  if (!Number.isNaN(serverDate)) deps.onServerDate?.(serverDate);
  const body = jsonObject(answer.text);
  if (
    answer.status >= 200 &&
    answer.status < 300 &&
    typeof body?.access_token === 'string' &&
    body.access_token !== ''
  ) {
    return {
      value: deps.secrets.keep(body.access_token, 'passing'),
      lifeMs: lifeOf(body.expires_in),
      receivedAt: deps.clock.monotonic(),
      apiUrl: typeof body.api_url === 'string' ? body.api_url : undefined,
      scope: typeof body.scope === 'string' ? body.scope : undefined,
      grant,
    };
  }
  throw failureOf(url, answer, body, credentials, grant, deps);
};

/** What a token endpoint says when it refuses [RFC 6749, 5.2]: whoever says it is one, whatever the status. */
const OAUTH_ERRORS: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]);

const lifeOf = (expiresIn: unknown): number => {
  const seconds = Number(expiresIn);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : USUAL_LIFE_MS;
};

const failureOf = (
  url: string,
  answer: Answer,
  body: JsonObject | undefined,
  credentials: AppCredentials,
  grant: Grant,
  { clock, secrets }: Pick<TokenDeps, 'clock' | 'secrets'>,
): ZoomWsError => {
  const { host, pathname } = new URL(url);
  const { status } = answer;
  const error = textOf(body?.error) ?? textOf(body?.code) ?? '';
  const reason = textOf(body?.reason) ?? textOf(body?.error_description) ?? textOf(body?.message) ?? error;
  if (statusMayPass(status)) {
    const after = retryAfterMs({ value: answer.headers['retry-after'], date: answer.headers.date }, clock.now());
    const said = reason === '' ? '' : ` and said "${reason}"`;
    return new ZoomWsError('unreachable', `The token endpoint ${host} answered ${status}${said}.`, {
      hint: status === 429 ? 'Too many requests: see that only one program asks for tokens of this app.' : undefined,
      retryAfterMs: after,
    });
  }
  if ((status === 404 || status === 405) && !OAUTH_ERRORS.has(error)) {
    return new ZoomWsError(
      'not-zoom',
      `${host} answered ${status} at the path ${pathname}, so this is not a token endpoint; saw ${seen(answer, body, reason, secrets.mask)}.`,
      {
        hint: "Check --oauth-url (ZOOM_OAUTH_URL), path included: Zoom's is https://zoom.us/oauth/token. If it is right, is a proxy in the way?",
      },
    );
  }
  if (status >= 400 && reason !== '') {
    const refusal = explainRefusal({ error, reason, grant });
    const words = error === '' || error === reason ? reason : `${reason} (${error})`;
    const tracking = answer.headers['x-zm-trackingid'];
    const forSupport = tracking ? ` Tracking id for Zoom's support: ${tracking}.` : '';
    return new TokenRefused(
      `Zoom refused the token request: ${refusal.meaning}. It answered ${status} "${words}" to the grant ${grant}; the client secret came from ${credentials.place}.${forSupport}`,
      refusal,
    );
  }
  return new ZoomWsError(
    'not-zoom',
    `${host} answered ${status}, but not as Zoom does: expected JSON with an access_token, saw ${seen(answer, body, reason, secrets.mask)}.`,
    { hint: 'Is a proxy or a login page in the way, or is --oauth-url (ZOOM_OAUTH_URL) wrong?' },
  );
};

/**
 * An answer that is not understood, for a message: of JSON its reason or its keys, because a token may stand under
 * another name. Masked before it is cut, because half a secret is a secret too.
 */
const seen = (
  { text, headers }: Answer,
  body: JsonObject | undefined,
  reason: string,
  mask: (text: string) => string,
): string => {
  const shown = body ? reason || `JSON with ${Object.keys(body).join(', ') || 'nothing in it'}` : text;
  const line = mask(shown)
    .trim()
    .split(/[\r\n]/, 1)[0]
    ?.slice(0, 80);
  return line ? `"${line}"` : `nothing (${headers['content-type'] ?? 'no content type'})`;
};

type JsonObject = { readonly [key: string]: unknown };

const jsonObject = (text: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
};

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  // On one line: what a server says must not look like a line of ours.
  return typeof value === 'string' && value.trim() !== '' ? value.trim().replace(/\s+/g, ' ') : undefined;
};
