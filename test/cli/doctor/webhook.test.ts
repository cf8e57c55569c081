import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { examine } from '../../support/doctor-world.ts';
import { isSigned, webhookHandler } from '../../support/webhook-handler.ts';
import { WEBHOOK_SECRET } from '../../support/zoom-webhook.ts';

const env = { ZOOM_WEBHOOK_SECRET_TOKEN: WEBHOOK_SECRET };

/** An endpoint that answers a challenge with whatever `answer` makes of it. */
const endpoint = async (answer: (body: string, headers: IncomingHttpHeaders) => { status?: number; body: string }) => {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { status = 200, body: text } = answer(body, request.headers);
    response.statusCode = status;
    response.end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const tokenOf = (body: string): string => JSON.parse(body).payload.plainToken;
const encrypted = (token: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac('sha256', WEBHOOK_SECRET).update(token).digest(encoding);
const right = (body: string) => JSON.stringify({ plainToken: tokenOf(body), encryptedToken: encrypted(tokenOf(body)) });

test('an endpoint that checks raw bodies passes without any setting of the socket', async () => {
  const url = await endpoint((body, headers) =>
    isSigned({ url: '', headers, body }) ? { body: right(body) } : { status: 401, body: '' },
  );
  const report = await examine(['--webhook', url], env);
  expect(report.status).toBe(0);
  expect(report.check('setup.settings').status).toBe('skip');
  expect(report.check('socket.accepted').status).toBe('skip');
  expect(report.check('webhook.url').status).toBe('warn');
  for (const id of ['network', 'challenge', 'signature', 'raw-body', 'age'])
    expect(report.check(`webhook.${id}`).status).toBe('pass');
  expect(report.stdout).not.toContain(WEBHOOK_SECRET);
});

test('re-serialised JSON and unchecked signatures are warnings', async () => {
  const again = await endpoint((body, headers) =>
    isSigned({ url: '', headers, body: JSON.stringify(JSON.parse(body)) })
      ? { body: right(body) }
      : { status: 401, body: '' },
  );
  expect((await examine(['--webhook', again], env)).check('webhook.raw-body')).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining('re-serialised'),
  });
  const unchecked = await endpoint((body) => ({ body: right(body) }));
  const report = await examine(['--webhook', unchecked], env);
  expect(report.check('webhook.signature').status).toBe('warn');
  expect(report.check('webhook.raw-body').status).toBe('skip');
});

test.each([
  ['base64', (token: string) => encrypted(token, 'base64'), 'base64'],
  ['another secret', () => 'a'.repeat(64), 'another secret'],
])('a challenge answered with %s fails and says so', async (_what, make, words) => {
  const url = await endpoint((body) => ({
    body: JSON.stringify({ plainToken: tokenOf(body), encryptedToken: make(tokenOf(body)) }),
  }));
  const report = await examine(['--webhook', url], env);
  expect(report.status).toBe(1);
  expect(report.check('webhook.challenge')).toMatchObject({ status: 'fail', detail: expect.stringContaining(words) });
});

test('a page, a redirect and a missing secret are told apart', async () => {
  const page = await endpoint(() => ({ body: '<!doctype html>' }));
  expect((await examine(['--webhook', page], env)).check('webhook.challenge').detail).toContain('HTML');
  const redirect = await endpoint(() => ({ status: 302, body: '' }));
  expect((await examine(['--webhook', redirect], env)).check('webhook.url')).toMatchObject({ status: 'fail' });
  const report = await examine(['--webhook', page], {});
  expect(report.check('setup.settings')).toMatchObject({ status: 'fail', detail: expect.stringContaining('secret') });
  const handler = await webhookHandler();
  await examine(['--webhook', `http://127.0.0.1:${handler.port}/`], env);
  expect(handler.events).toEqual([]);
});
