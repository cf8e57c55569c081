import { MARKETPLACE } from '../zoom/marketplace.ts';
import type { Refusal } from '../zoom/refusal.ts';

type Known = Refusal & { readonly matches: (answer: RefusalAnswer) => boolean };

/** The answer's own words, lower case, and the grant that was asked for. */
export type RefusalAnswer = {
  readonly error: string;
  readonly reason: string;
  readonly grant: 'account_credentials' | 'client_credentials';
};

/**
 * The known refusals, the most telling first [Zoom's documentation and published error codes; the numbers are Zoom's].
 * A text that says "disabled" is trusted over its error value, which nobody has recorded.
 */
const KNOWN: readonly Known[] = [
  {
    id: 'app-disabled',
    matches: ({ reason }) => /disabled|deactivated|not activated|\b4717\b/.test(reason),
    meaning: 'the app is not activated',
    hint: `Activate the app: ${MARKETPLACE}, Activation.`,
  },
  {
    id: 'wrong-client',
    matches: ({ error, reason }) =>
      error === 'invalid_client' || /\b(4702|4704)\b|client_id or client_secret/.test(reason),
    meaning: 'the client id or the client secret is wrong',
    hint: `Copy both again from ${MARKETPLACE}, App Credentials: are they swapped, from another app, or was the secret regenerated?`,
  },
  {
    id: 'wrong-grant',
    matches: ({ error, reason }) => error === 'unsupported_grant_type' || /unsupported grant|\b4705\b/.test(reason),
    meaning: 'this grant is not supported for this kind of app',
    hint: 'A Server-to-Server OAuth app needs --grant account_credentials and an account id; a General app needs --grant client_credentials and no account id.',
  },
  {
    id: 'wrong-account',
    matches: ({ error, grant }) => error === 'invalid_request' && grant === 'account_credentials',
    meaning: 'the account id is probably wrong',
    hint: `Copy the account id (not the account number) from ${MARKETPLACE}, App Credentials; it must belong to the same app.`,
  },
  {
    id: 'scopes',
    matches: ({ error, reason }) => error === 'invalid_scope' || /scope|\b4711\b/.test(reason),
    meaning: 'the app lacks scopes',
    hint: `Add the scopes that are named: ${MARKETPLACE}, Scopes; then activate the app again.`,
  },
  {
    id: 'admin',
    matches: ({ reason }) => /\b(4735|4738)\b|administrator|owner/.test(reason),
    meaning: 'an administrator switched the app off, or its owner is gone',
    hint: 'Ask the administrator of the Zoom account (Zoom web portal, App Marketplace, Apps on Account).',
  },
  {
    id: 'revoked',
    matches: ({ error, reason }) => error === 'invalid_grant' || /\b(4740|4741)\b|revoked|invalid token/.test(reason),
    meaning: 'the authorisation was revoked, or another program asked for a newer token',
    hint: `Activate the app again (${MARKETPLACE}, Activation), and let only one program ask for its tokens.`,
  },
];

/** The meaning of a refusal; for words not seen before, a general one. */
export const explainRefusal = (answer: RefusalAnswer): Refusal => {
  const lower = { ...answer, error: answer.error.toLowerCase(), reason: answer.reason.toLowerCase() };
  return (
    KNOWN.find(({ matches }) => matches(lower)) ?? {
      id: 'unknown',
      meaning: 'the credentials were not accepted',
      hint: `Compare account id, client id and client secret with ${MARKETPLACE}, App Credentials, and see that the app is activated.`,
    }
  );
};
