import { createHmac } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** Zoom's name for the request that asks whether an endpoint knows the secret token. */
export const CHALLENGE = 'endpoint.url_validation';

/** What Zoom expects beside the token that it sent [Zoom's documentation, "Validate your webhook endpoint"]. */
export const encryptedToken = (secret: Secret, plainToken: string): string =>
  createHmac('sha256', secret.reveal()).update(plainToken).digest('hex');

/** The body of the answer: these two fields, no others. */
export const challengeAnswer = (secret: Secret, plainToken: string): string =>
  JSON.stringify({ plainToken, encryptedToken: encryptedToken(secret, plainToken) });

/** The body of a challenge, as Zoom spells it. `at` is EpochMs. */
export const challengeBody = (plainToken: string, at: number): string =>
  JSON.stringify({ event: CHALLENGE, event_ts: at, payload: { plainToken } });
