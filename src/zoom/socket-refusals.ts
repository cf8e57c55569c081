import { EVENT_SUBSCRIPTIONS } from './marketplace.ts';
import type { Refusal } from './refusal.ts';

type Known = Refusal & { readonly matches: (words: string) => boolean };

/**
 * What the event socket says when it refuses a connection, the most telling first. The wording has changed over the years
 * ("Invalid Token" in 2023, "Token is invalid" in 2025), so that nothing but the explanation depends on it.
 */
const KNOWN: readonly Known[] = [
  {
    id: 'token-empty',
    matches: (words) => /token is empty|missing token/.test(words),
    meaning: 'Zoom saw no token in the URL',
    hint: 'Something between here and Zoom takes the query off the URL (a proxy?): reach the host directly (NO_PROXY), or have the proxy leave it alone.',
  },
  {
    id: 'token-expired',
    matches: (words) => /expired/.test(words),
    meaning: 'the token has expired',
    hint: 'Give a fresh token, or client id and secret, so that zoom-ws asks for tokens itself.',
  },
  {
    id: 'subscription',
    matches: (words) => /subscription|^http 404/.test(words),
    meaning: 'the subscription does not exist, or belongs to another app',
    hint: `Compare the subscription id with the endpoint URL: ${EVENT_SUBSCRIPTIONS}, method WebSocket; it must belong to the same app as the client id.`,
  },
  {
    id: 'token-invalid',
    matches: (words) => /invalid.*token|token.*invalid|unauthori[sz]ed|^http 401/.test(words),
    meaning: 'Zoom does not accept the token for this subscription',
    hint: `The token is of another app or account than the subscription, or the app lacks an event subscription with method WebSocket: see ${EVENT_SUBSCRIPTIONS}, and that the app is activated. Another program that asks for tokens of the same app can also have made this one invalid.`,
  },
  {
    id: 'forbidden',
    matches: (words) => /^http 403|forbidden|permission|scope/.test(words),
    meaning: 'the app may not use the event socket',
    hint: `Choose the method WebSocket and save: ${EVENT_SUBSCRIPTIONS}; then see that the app has the scopes it names, and activate it again.`,
  },
];

/** The meaning of a refusal, by Zoom's words or "HTTP 404 at the upgrade"; for words not seen before, a general one. */
export const explainSocketRefusal = (words: string): Refusal => {
  const lower = words.toLowerCase();
  return (
    KNOWN.find(({ matches }) => matches(lower)) ?? {
      id: 'unknown',
      meaning: 'Zoom did not accept the connection',
      hint: `Compare the subscription id with the endpoint URL: ${EVENT_SUBSCRIPTIONS}, method WebSocket; it must belong to the same app as the client id, and the app must be activated.`,
    }
  );
};
