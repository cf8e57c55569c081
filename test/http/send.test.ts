import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Patience } from '../../src/http/patience.ts';
import { send } from '../../src/http/send.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
const listen = async (server: Server): Promise<number> => {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
const signal = new AbortController().signal;

const echo = () =>
  createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.writeHead(418, { 'x-said': String(request.headers['x-say']) });
    response.end(`${request.method} ${request.url} ${body}`);
  });

test('sends a request as it is given, and answers with what came back', async () => {
  const port = await listen(echo());
  const url = `http://127.0.0.1:${port}/oauth/token?a=b`;
  const answer = await send({ method: 'POST', url, headers: { 'x-say': 'hi' }, body: 'c=d' }, {}, signal);
  expect(answer).toMatchObject({ status: 418, text: 'POST /oauth/token?a=b c=d', headers: { 'x-said': 'hi' } });
});

test('reaches another host through the proxy that the environment names', async () => {
  const port = await listen(echo());
  const asked: string[] = [];
  const proxy = echo().on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    const there = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.pipe(there).pipe(socket);
    socket.on('error', () => there.destroy());
    there.on('error', () => socket.destroy());
  });
  const env = { HTTP_PROXY: `http://127.0.0.1:${await listen(proxy)}` };
  const answer = await send({ method: 'GET', url: 'http://zoom.test/users/me', headers: {} }, env, signal);
  expect(answer).toMatchObject({ status: 418, text: 'GET /users/me ' });
  expect(asked).toEqual(['zoom.test:80']);
});

test('names the host that cannot be reached, and the proxy on the way to it', async () => {
  const port = await listen(createServer());
  servers.pop()?.close();
  const env = { HTTP_PROXY: `http://127.0.0.1:${port}` };
  await expect(send({ method: 'GET', url: 'http://zoom.test/', headers: {} }, env, signal)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining(`zoom.test cannot be reached through the proxy 127.0.0.1:${port}: `),
  });
});

const SHORT = { stepMs: 50, wholeMs: 10_000 };
const get = (port: number, patience: Patience, stop = signal) =>
  send({ method: 'GET', url: `http://127.0.0.1:${port}/`, headers: {} }, {}, stop, patience);
const failure = (port: number, why: string) => ({
  code: 'unreachable',
  message: `127.0.0.1:${port} cannot be reached: ${why}.`,
});

test('gives up on a server that never begins its answer', async () => {
  const port = await listen(createServer());
  await expect(get(port, SHORT)).rejects.toMatchObject({
    ...failure(port, 'no answer within 0.05 s'),
    hint: expect.stringContaining('status.zoom.us'),
  });
});

test('gives up on an answer that stops half-way', async () => {
  const port = await listen(createServer((_request, response) => response.write('half')));
  await expect(get(port, SHORT)).rejects.toMatchObject(failure(port, 'nothing more of the answer within 0.05 s'));
});

test('gives up on an answer that drips for ever', async () => {
  const drip = createServer((_request, response) => {
    const timer = setInterval(() => response.write('.'), 1);
    response.on('close', () => clearInterval(timer));
  });
  const port = await listen(drip);
  await expect(get(port, { stepMs: 10_000, wholeMs: 100 })).rejects.toMatchObject(
    failure(port, 'no whole answer within 0.1 s'),
  );
});

test('takes no answer of more than a megabyte', async () => {
  const port = await listen(createServer((_request, response) => response.end('x'.repeat(1_048_577))));
  await expect(get(port, { stepMs: 10_000, wholeMs: 10_000 })).rejects.toMatchObject(
    failure(port, 'its answer is longer than 1048576 bytes'),
  );
});

test('follows no redirect', async () => {
  const port = await listen(createServer((_request, response) => response.writeHead(302, { location: '/x' }).end()));
  expect(await get(port, { stepMs: 10_000, wholeMs: 10_000 })).toMatchObject({
    status: 302,
    headers: { location: '/x' },
  });
});

test('throws the reason of a signal that stops it, and lets go of the server', async () => {
  const stop = new AbortController();
  const closed = new Promise<void>((resolve) => {
    servers.push(
      createServer((request) => {
        request.socket.on('close', () => resolve());
        stop.abort(new Error('enough'));
      }),
    );
  });
  const port = await listen(servers.pop() as Server);
  await expect(get(port, { stepMs: 10_000, wholeMs: 10_000 }, stop.signal)).rejects.toThrow('enough');
  await closed;
});

test('says what a proxy that refuses answered', async () => {
  const proxy = createServer().on('connect', (_request, socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
  const port = await listen(proxy);
  const env = { HTTP_PROXY: `http://me:hidden@127.0.0.1:${port}` };
  await expect(send({ method: 'GET', url: 'http://zoom.test/', headers: {} }, env, signal)).rejects.toMatchObject({
    message: `zoom.test cannot be reached: the proxy 127.0.0.1:${port} answered 407.`,
    hint: expect.stringContaining('user name and password'),
  });
});
