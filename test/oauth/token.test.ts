import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { AppCredentials, Grant } from '../../src/oauth/credentials.ts';
import { fetchToken } from '../../src/oauth/token.ts';
import { createSecretKeeper, Secret } from '../../src/secret.ts';
import { manualClock } from '../support/manual-clock.ts';

const CREDENTIALS: AppCredentials = {
  kind: 'app',
  grant: 'auto',
  accountId: 'the-account',
  clientId: 'example_client_id',
  clientSecret: new Secret('example_client_secret'),
  place: 'ZOOM_CLIENT_SECRET in .env',
};

const ask = async (answer: RequestListener, grant: Grant = 'account_credentials', path = '/oauth/token') => {
  const heard: { request: IncomingMessage; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    heard.push({ request, body });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const dates: number[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const deps = {
    env: {},
    clock: manualClock(),
    secrets: createSecretKeeper(),
    signal: new AbortController().signal,
    onServerDate: (date: number) => dates.push(date),
  };
  const result = await fetchToken(url, CREDENTIALS, grant, deps).then(
    (token) => ({ token, error: undefined }),
    (error: unknown) => ({ token: undefined, error }),
  );
  return { ...result, heard, dates };
};

const saying =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const GOOD = {
  access_token: 'eyJ.a.b',
  token_type: 'bearer',
  expires_in: 3600,
  scope: 'a b',
  api_url: 'https://api.zoom.us',
};

test.each([
  ['account_credentials', 'grant_type=account_credentials&account_id=the-account'],
  ['client_credentials', 'grant_type=client_credentials'],
] as const)('asks with Basic auth and a form body, nothing in the query: %s', async (grant, form) => {
  const { token, heard } = await ask(saying(200, GOOD), grant);
  expect(token).toMatchObject({ lifeMs: 3_600_000, apiUrl: 'https://api.zoom.us', scope: 'a b', grant });
  expect(token?.value.reveal()).toBe('eyJ.a.b');
  expect(heard).toMatchObject([
    {
      body: form,
      request: {
        method: 'POST',
        url: '/oauth/token',
        headers: {
          // The ready-made check of the protocol's notes.
          authorization: 'Basic ZXhhbXBsZV9jbGllbnRfaWQ6ZXhhbXBsZV9jbGllbnRfc2VjcmV0',
          'content-type': 'application/x-www-form-urlencoded',
        },
      },
    },
  ]);
});

test.each([
  [3600, 3_600_000],
  ['3599', 3_599_000],
  [5, 5_000],
  [undefined, 3_600_000],
  [null, 3_600_000],
  [0, 3_600_000],
  [-1, 3_600_000],
  ['soon', 3_600_000],
])('expires_in %j is a life of %i ms', async (expires_in, lifeMs) => {
  const { token } = await ask(saying(200, { ...GOOD, expires_in }));
  expect(token).toMatchObject({ lifeMs });
});

test('a token alone is enough', async () => {
  expect((await ask(saying(200, { access_token: 'x' }))).token).toMatchObject({ apiUrl: undefined, scope: undefined });
});

test.each([
  ['wrong client', 400, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, 'wrong-client'],
  [
    'wrong client, as 401',
    401,
    { reason: 'Invalid client_id or client_secret', error: 'invalid_client' },
    'wrong-client',
  ],
  ['wrong account', 400, { reason: 'Bad Request', error: 'invalid_request' }, 'wrong-account'],
  ['wrong grant', 400, { reason: 'unsupported grant type', error: 'unsupported_grant_type' }, 'wrong-grant'],
  ['wrong grant, without a reason', 400, { error: 'unsupported_grant_type' }, 'wrong-grant'],
  ['app disabled', 400, { reason: 'The app has been disabled', error: 'invalid_request' }, 'app-disabled'],
  [
    'app disabled by the developer',
    400,
    { reason: 'The app has been disabled by the developer', error: 'invalid_client' },
    'app-disabled',
  ],
  ['used token', 400, { reason: 'Invalid Token!', error: 'invalid_grant' }, 'revoked'],
  ['used token, without a reason', 400, { error: 'invalid_grant' }, 'revoked'],
  ['scopes', 400, { code: 4711, message: 'Invalid access token, does not contain scopes:[x].' }, 'scopes'],
  ['switched off by an administrator', 400, { reason: 'token disabled 4738', error: 'x' }, 'app-disabled'],
  ['owner gone', 400, { reason: 'the owner of the token does not exist', error: '4735' }, 'admin'],
  ['words never seen', 418, { error: 'teapot', error_description: 'I am one' }, 'unknown'],
  ['a code and a message', 403, { code: 124, message: 'Invalid access token.' }, 'unknown'],
] as const)('%s is a refusal that is explained', async (_, status, body, id) => {
  const { error } = await ask(saying(status, body, { 'x-zm-trackingid': 'v=2.0;clid=aw1' }));
  expect(error).toMatchObject({ code: 'refused', refusal: { id }, hint: expect.stringMatching(/./) });
  const { message } = error as Error;
  expect(message).toContain(`${status} "`);
  expect(message).toContain('ZOOM_CLIENT_SECRET in .env');
  expect(message).toContain('v=2.0;clid=aw1');
  expect(message).not.toContain('example_client_secret');
});

/** The server's clock, by which it means its instants. */
const DATE = 'Sun, 22 Nov 2026 01:42:00 GMT';

test.each([
  [429, {}, { 'retry-after': '7' }, 7_000],
  [
    429,
    { code: 429, message: 'maximum daily rate limit' },
    { 'retry-after': '2026-11-22T02:42:00Z', date: DATE },
    3_600_000,
  ],
  [429, 'slow down', {}, undefined],
  [500, {}, {}, undefined],
  [502, '<html>Bad Gateway</html>', {}, undefined],
  [503, '', { 'retry-after': 'Sun, 22 Nov 2026 01:43:00 GMT', date: DATE }, 60_000],
  [408, '', {}, undefined],
])('%i may pass: %j %j', async (status, body, headers, retryAfterMs) => {
  const { error } = await ask(saying(status, body, headers));
  expect(error).toMatchObject({ code: 'unreachable', retryAfterMs });
});

test.each([
  ['HTML with 200', 200, '<html>\nPlease log in</html>'],
  ['HTML with 403', 403, '<html>Forbidden</html>'],
  ['a redirect', 302, ''],
  ['an empty 200', 200, ''],
  ['JSON without a token', 200, { token_type: 'bearer' }],
  ['an empty token', 200, { access_token: '' }],
  ['a token that is a number', 200, { access_token: 17 }],
  ['an array', 200, ['eyJ']],
  ['JSON 404 without words', 404, {}],
])('%s is not an answer of Zoom', async (_, status, body) => {
  const { error } = await ask(saying(status, body));
  expect(error).toMatchObject({ code: 'not-zoom', message: expect.stringContaining(`answered ${status}`) });
  expect((error as Error).message).not.toMatch(/\n/);
});

test.each([
  ['JSON', 404, { timestamp: 1, status: 404, error: 'Not Found', path: '/oauth/tokn' }],
  ['words only', 404, { message: 'No such route' }],
  ['HTML', 404, '<html>Not Found</html>'],
  ['nothing', 405, ''],
  ['a method', 405, { error: 'Method Not Allowed' }],
])('%s with %i comes from no token endpoint: the URL is wrong, not the credentials', async (_, status, body) => {
  const { error } = await ask(saying(status, body), 'account_credentials', '/oauth/tokn');
  expect(error).toMatchObject({
    code: 'not-zoom',
    message: expect.stringMatching(/answered 40\d at the path \/oauth\/tokn, so this is not a token endpoint/),
    hint: expect.stringContaining('Check --oauth-url (ZOOM_OAUTH_URL)'),
  });
});

test('whoever refuses in the words of OAuth is a token endpoint, with 404 too', async () => {
  const { error } = await ask(saying(404, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }));
  expect(error).toMatchObject({ code: 'refused', refusal: { id: 'wrong-client' } });
});

test.each([
  ['a cut connection', (request: IncomingMessage) => request.socket.resetAndDestroy()],
  [
    'an answer cut off',
    (request: IncomingMessage) => request.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"acc'),
  ],
  ['no HTTP', (request: IncomingMessage) => request.socket.end('hello\r\n')],
])('%s is a failure that may pass', async (_, act) => {
  const { error } = await ask((request) => void act(request));
  expect(error).toMatchObject({ code: 'unreachable' });
});

test('hears the clock of the server, in refusals too', async () => {
  const { dates } = await ask(saying(400, { error: 'invalid_client' }, { date: 'Sun, 22 Nov 2026 01:00:00 GMT' }));
  expect(dates).toEqual([Date.parse('2026-11-22T01:00:00Z')]);
});

test('an endless answer is given up', async () => {
  const { error } = await ask((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more).on('error', () => {});
    more();
  });
  expect(error).toMatchObject({ code: 'unreachable' });
});
