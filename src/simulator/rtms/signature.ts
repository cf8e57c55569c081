import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether a client has signed with the secret: lower-case hex of HMAC-SHA256 over `client id,id,stream id`. */
export const isSigned = (
  signature: unknown,
  app: { readonly clientId: string; readonly clientSecret: string },
  id: string,
  streamId: string,
): boolean => {
  if (typeof signature !== 'string') return false;
  const expected = createHmac('sha256', app.clientSecret).update(`${app.clientId},${id},${streamId}`).digest('hex');
  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
};
