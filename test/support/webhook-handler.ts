import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WEBHOOK_SECRET } from './zoom-webhook.ts';

export type Hooked = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string };

type Respond = (hooked: Hooked, response: ServerResponse, nth: number) => void;

/** A handler as people write them: answers challenges, checks the raw body, and keeps what it accepted. */
export const webhookHandler = async (
  respond?: Respond,
  { port = 0, host = '127.0.0.1', secret = WEBHOOK_SECRET } = {},
) => {
  const events: Hooked[] = [];
  const challenges: Hooked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const hooked = { url: request.url ?? '', headers: request.headers, body };
    const parsed = JSON.parse(body);
    if (parsed.event === 'endpoint.url_validation') {
      challenges.push(hooked);
      const { plainToken } = parsed.payload;
      const encryptedToken = createHmac('sha256', secret).update(plainToken).digest('hex');
      return response.end(JSON.stringify({ plainToken, encryptedToken }));
    }
    events.push(hooked);
    if (respond) return respond(hooked, response, events.length);
    response.statusCode = isSigned(hooked, secret) ? 200 : 401;
    response.end();
  });
  server.listen(port, host);
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { events, challenges, port: (server.address() as AddressInfo).port, close };
};

export const isSigned = ({ headers, body }: Hooked, secret = WEBHOOK_SECRET): boolean => {
  const digest = createHmac('sha256', secret).update(`v0:${headers['x-zm-request-timestamp']}:${body}`).digest('hex');
  return headers['x-zm-signature'] === `v0=${digest}`;
};
