import { createHmac } from 'node:crypto';

/** What the webhooks of these tests are signed with. */
export const WEBHOOK_SECRET = 'wh_secret_token_example';

export const bodyOf = (n: number, more = ''): string =>
  `{"event":"meeting.started","event_ts":1739923528123,"payload":{"account_id":"A","object":{"id":"${n}","topic":"Caf\\u00e9 ${n}"${more}}}}`;

/** The headers that Zoom sends with a body; independent of the program's own code. */
export const signedBy = (
  body: string | Buffer,
  { secret = WEBHOOK_SECRET, ageMs = 0 }: { readonly secret?: string; readonly ageMs?: number } = {},
): Record<string, string> => {
  const at = String(Math.floor((Date.now() - ageMs) / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest('hex');
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-zm-request-timestamp': at,
    'x-zm-signature': `v0=${digest}`,
  };
};

export const post = (url: string, body: string | Buffer, headers: Record<string, string> = signedBy(body)) =>
  fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) });
