import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** The form of the `x-zm-signature` header [Zoom's documentation, "Verify webhook events"]. */
const FORM = /^v0=[0-9a-f]{64}$/;

/** Whether a header can be a signature at all. */
export const looksLikeSignature = (header: string): boolean => FORM.test(header);

/**
 * The signature of a request: over the bytes of its body as they travel, never over JSON that was written again.
 * `timestamp` is the text of the `x-zm-request-timestamp` header, Unix seconds, exactly as sent.
 */
export const signatureOf = (secret: Secret, timestamp: string, body: Uint8Array | string): string =>
  `v0=${createHmac('sha256', secret.reveal()).update(`v0:${timestamp}:`).update(body).digest('hex')}`;

/** The secret that made the signature; every one is tried, each compared in constant time. */
export const signerOf = (
  secrets: readonly Secret[],
  signature: string,
  timestamp: string,
  body: Uint8Array,
): Secret | undefined => {
  let signer: Secret | undefined;
  for (const secret of secrets) {
    if (isSame(signatureOf(secret, timestamp, body), signature)) signer ??= secret;
  }
  return signer;
};

/** Whether two texts are the same, in a time that says nothing of where they differ. */
export const isSame = (expected: string, given: string): boolean => {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};
