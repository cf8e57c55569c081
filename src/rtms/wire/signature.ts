import { createHmac } from 'node:crypto';
import type { Secret } from '../../secret.ts';

/** What a signature is made with: an app's client id and secret, or an SDK key and secret. */
export type SigningKey = { readonly clientId: string; readonly secret: Secret };

/** HMAC-SHA256 over `clientId,id,streamId`, in lower-case hex; the same for signalling and media [Zoom's samples]. */
export const signatureOf = ({ clientId, secret }: SigningKey, id: string, streamId: string): string =>
  createHmac('sha256', secret.reveal()).update(`${clientId},${id},${streamId}`).digest('hex');
