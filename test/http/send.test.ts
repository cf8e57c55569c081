import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { send } from '../../src/http/send.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
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
