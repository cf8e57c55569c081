import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../secret.ts';
import { encryptedToken } from './challenge.ts';

export type ChallengeAnswer = { readonly status: number; readonly text: string };

/** What is wrong with the answer to a challenge, in words, and what to do; undefined if it is right. */
export const diagnoseChallenge = (
  { status, text }: ChallengeAnswer,
  plainToken: string,
  secret: Secret,
): { readonly text: string; readonly hint: string } | undefined => {
  if (status >= 300 && status < 400)
    return wrong(`it redirects (${status})`, 'Give the URL that it redirects to: Zoom does not follow.');
  if (status === 401 || status === 403)
    return wrong(
      `it refused the signature (${status})`,
      'Does the handler know this secret token, and does it hash the raw body?',
    );
  if (status === 404 || status === 405)
    return wrong(`nothing takes webhooks at that path (${status})`, 'Check the path, and that the handler takes POST.');
  if (status !== 200) return wrong(`it answered ${status} instead of 200`, 'See what the handler logs.');
  if (/^\s*</.test(text)) return wrong('it answered with an HTML page', 'Check the path: a website answers there.');
  const answer = parse(text);
  if (answer === undefined)
    return wrong(
      'its answer is not JSON',
      'Expected {"plainToken":"…","encryptedToken":"…"} in answer to endpoint.url_validation.',
    );
  if (answer.plainToken !== plainToken)
    return wrong('its answer lacks the plainToken as it was sent', 'Send payload.plainToken back unchanged.');
  const given = answer.encryptedToken;
  if (typeof given !== 'string')
    return wrong('its answer has no encryptedToken', 'It is the HMAC-SHA256 of plainToken.');
  const right = encryptedToken(secret, plainToken);
  if (given === right) return undefined;
  return mistake(given, right, plainToken, secret);
};

const mistake = (given: string, right: string, plainToken: string, secret: Secret) => {
  const key = secret.reveal();
  const bytes = Buffer.from(right, 'hex');
  if (given === bytes.toString('base64') || given === bytes.toString('base64url'))
    return wrong('its encryptedToken is base64', "Use digest('hex').");
  if (given.toLowerCase() === right) return wrong('its encryptedToken is in capitals', 'Use lower-case hex.');
  const plain = [plainToken, `${plainToken}${key}`, `${key}${plainToken}`].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  );
  if (plain.includes(given))
    return wrong('its encryptedToken is a plain SHA-256', 'Use HMAC-SHA256 with the secret token.');
  if (given === createHmac('sha256', plainToken).update(key).digest('hex'))
    return wrong('key and message of its HMAC are swapped', 'The secret token is the key, plainToken the message.');
  if (/^[0-9a-f]{64}$/.test(given))
    return wrong(
      'its encryptedToken was made with another secret',
      'Give the handler the secret token that is used here.',
    );
  return wrong('its encryptedToken is no HMAC-SHA256 in hex', "Use createHmac('sha256', secret) and digest('hex').");
};

const wrong = (text: string, hint: string): { readonly text: string; readonly hint: string } => ({ text, hint });

const parse = (text: string): { readonly [key: string]: unknown } | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};
