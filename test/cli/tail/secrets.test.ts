import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { startCli } from '../../support/run-cli.ts';

/** Signs that every encoding writes in its own way. */
const SECRET = 'S3cr+t/with=odd&signs "quoted" <é>~0123456789';
const TOKEN = 'eyJ0b2tlbiI6.c29tZSt0b2tlbg==.a-b_c+d/e';
const CLIENT = 'the-client-id';

const basic = Buffer.from(`${CLIENT}:${SECRET}`).toString('base64');

/** Every form in which one of them could be written. */
const forms = (value: string): string[] => [
  value,
  encodeURIComponent(value),
  encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
  new URLSearchParams({ a: value }).toString().slice(2),
  JSON.stringify(value).slice(1, -1),
  JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1),
  Buffer.from(value).toString('base64'),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(value).toString('base64url'),
];
const OF_TOKEN = [...new Set(forms(TOKEN))];
const FORBIDDEN = [...new Set([...forms(SECRET), ...OF_TOKEN, basic, basic.replace(/=+$/, '')])];

type Script = {
  readonly token: (request: IncomingMessage, response: ServerResponse, body: string) => void;
  readonly upgrade?: (request: IncomingMessage) => string | undefined;
  readonly socket?: (socket: WebSocket, request: IncomingMessage) => void;
};

/** A Zoom that answers as the script says. */
const scripted = async ({ token, upgrade, socket }: Script) => {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => token(request, response, body));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, wire, head) => {
    const refusal = upgrade?.(request);
    if (refusal !== undefined) wire.end(refusal);
    else sockets.handleUpgrade(request, wire, head, (client) => socket?.(client, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    ZOOM_ACCOUNT_ID: 'the-account',
    ZOOM_CLIENT_ID: CLIENT,
    ZOOM_CLIENT_SECRET: SECRET,
    ZOOM_SUBSCRIPTION_ID: 'the-subscription',
    ZOOM_OAUTH_URL: `http://127.0.0.1:${port}/oauth/token`,
    ZOOM_WS_URL: `ws://127.0.0.1:${port}/ws`,
  };
};

const granted: Script['token'] = (_request, response) =>
  response.end(JSON.stringify({ access_token: TOKEN, expires_in: 3600, token_type: 'bearer' }));

const ACCEPTED = '{"module":"build_connection","success":true,"content":"connected"}';

/** Everything of a request that could hold a secret, in one text. */
const echo = (request: IncomingMessage, body = ''): string => {
  // What the client does not know it cannot mask: before it has a token, a server has none to echo.
  const known = request.method === 'POST' ? FORBIDDEN.filter((form) => !OF_TOKEN.includes(form)) : FORBIDDEN;
  return `${request.url} ${decodeURIComponent(request.url ?? '')} ${JSON.stringify(request.headers)} ${body} ${known.join(' ')}`;
};

const refused = (status: number, answer: (text: string) => string): Script => ({
  token: (request, response, body) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(answer(echo(request, body)));
  },
});

const live = (act: (socket: WebSocket, request: IncomingMessage) => void): Script => ({
  token: granted,
  socket: (socket, request) => {
    socket.send(ACCEPTED);
    act(socket, request);
  },
});

const CASES: readonly (readonly [string, Script, number])[] = [
  ['a refusal that echoes them', refused(400, (text) => JSON.stringify({ reason: text, error: 'invalid_client' })), 3],
  ['a refusal with them as error', refused(401, (text) => JSON.stringify({ error: text })), 3],
  ['a page of HTML that echoes them', refused(200, (text) => `<html>${text}</html>`), 1],
  ['a page of HTML for a 404', refused(404, (text) => `${text}\n<html>`), 1],
  ['a JSON 404 that echoes them', refused(404, (text) => JSON.stringify({ message: text, error: 'Not Found' })), 1],
  ['a token under another name', refused(200, () => JSON.stringify({ accessToken: SECRET })), 1],
  ['a server error that echoes them', refused(500, (text) => JSON.stringify({ message: text })), 1],
  ['a 429 that echoes them', refused(429, (text) => JSON.stringify({ reason: text })), 1],
  [
    'a connection that is refused with the token',
    {
      token: granted,
      socket: (socket, request) => {
        socket.send(JSON.stringify({ module: 'build_connection', success: false, content: echo(request) }));
        socket.close(1008, TOKEN);
      },
    },
    3,
  ],
  [
    'a refusal at the upgrade',
    { token: granted, upgrade: (request) => `HTTP/1.1 404 ${request.url}\r\nx-echo: ${TOKEN}\r\n\r\n${request.url}` },
    3,
  ],
  [
    'a broken upgrade',
    { token: granted, upgrade: (request) => `HTTP/1.1 101 ${request.url}\r\nUpgrade: ${TOKEN}\r\n\r\n` },
    1,
  ],
  ['garbage instead of HTTP', { token: granted, upgrade: () => `${TOKEN}\r\n\r\n` }, 1],
  ['a close reason with the token', live((socket) => socket.close(1011, TOKEN)), 1],
  ['displacement with the token', live((socket) => socket.close(1000, `Connected in another place ${TOKEN}`)), 4],
  [
    'frames that echo them, malformed and of unknown modules',
    live((socket, request) => {
      for (const text of [echo(request), JSON.stringify({ module: TOKEN, content: SECRET }), `{"module":"${TOKEN}"}`]) {
        socket.send(text);
      }
      socket.close(1000, '');
    }),
    1,
  ],
];

const HALF = refused(200, () => `<html>${'x'.repeat(60)}${SECRET}</html>`);

const MODES = [[], ['-vv', '--lifecycle'], ['-vv', '--log-format', 'json', '-o', 'raw', '--lifecycle'], ['-q']];

test.each(CASES)('no secret in any output: %s', async (_what, script, expected) => {
  for (const mode of MODES) {
    const env = await scripted(script);
    const run = startCli(['tail', '--max-retries', '0', '--for', '20s', ...mode], { env });
    const { status, stdout, stderr } = await run.done;
    expect(status, stderr).toBe(expected);
    const output = stdout + stderr;
    expect(FORBIDDEN.filter((form) => output.includes(form))).toEqual([]);
    expect(output).not.toMatch(/\n\s+at .*\(/);
  }
});

test('not half a secret either, where an answer is shown in part', async () => {
  const { status, stderr } = await startCli(['tail', '--max-retries', '0'], { env: await scripted(HALF) }).done;
  expect(status).toBe(1);
  expect(stderr).toContain('xxxxx');
  expect(stderr).not.toContain(SECRET.slice(0, 4));
});

test('no secret in the output of a run that works, at any verbosity', async () => {
  for (const mode of MODES) {
    const env = await scripted(
      live((socket) => {
        socket.on('message', () => socket.send('{"module":"heartbeat","success":true}'));
        socket.send('{"event":"meeting.started","payload":{}}');
      }),
    );
    const args = ['tail', '-n1', '--client-secret', SECRET, '--heartbeat', '100ms', ...mode];
    const { status, stdout, stderr } = await startCli(args, { env: { ...env, ZOOM_CLIENT_SECRET: '' } }).done;
    expect(status, stderr).toBe(0);
    expect(FORBIDDEN.filter((form) => (stdout + stderr).includes(form))).toEqual([]);
  }
});

test('no given token in any output, of a run that is refused and of one whose settings are', async () => {
  const env = await scripted({
    token: granted,
    socket: (socket, request) => {
      socket.send(JSON.stringify({ module: 'build_connection', success: false, content: echo(request) }));
    },
  });
  for (const args of [[], ['--heartbeat', 'never'], ['--access-token', `${TOKEN} `]]) {
    for (const mode of MODES) {
      const run = startCli(['tail', ...args, ...mode], { env: { ...env, ZOOM_ACCESS_TOKEN: TOKEN } });
      const { status, stdout, stderr } = await run.done;
      expect(status).toBe(args.length === 0 ? 3 : 2);
      expect(OF_TOKEN.filter((form) => (stdout + stderr).includes(form))).toEqual([]);
    }
  }
});
