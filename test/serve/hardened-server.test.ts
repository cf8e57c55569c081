import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHardenedServer, type Handler, type HardenedOptions } from '../../src/serve/hardened-server.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { certificate } from '../support/certificate.ts';
import { SOON } from '../support/soon.ts';

const open = async (handler: Partial<Handler> = {}, options: Partial<HardenedOptions> = {}) => {
  const refused: number[] = [];
  const bodies: Buffer[] = [];
  const hardened = createHardenedServer(
    {
      head: () => undefined,
      whole(_head, body) {
        bodies.push(body);
        return { status: 200 };
      },
      refused: (status) => refused.push(status),
      ...handler,
    },
    { maxBody: 1_000, clock: systemClock, ...options },
  );
  hardened.server.listen(0, '127.0.0.1');
  await once(hardened.server, 'listening');
  onTestFinished(() => hardened.stop(0));
  const { port } = hardened.server.address() as AddressInfo;
  return { ...hardened, port, refused, bodies };
};

const dial = (port: number): Socket & { text: () => string } => {
  const wire = connect(port, '127.0.0.1');
  let text = '';
  wire.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  wire.on('error', () => {});
  onTestFinished(() => void wire.destroy());
  return Object.assign(wire, { text: () => text });
};

/** Sends bytes as they are and answers with what comes back until the other side closes. */
const exchange = async (port: number, bytes: string): Promise<string> => {
  const wire = dial(port);
  wire.write(bytes, 'latin1');
  await once(wire, 'close');
  return wire.text();
};

const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
const post = (target: string, more = '', body = '{}') =>
  `POST ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;

test.each([
  ['two slashes', post('//')],
  ['two slashes and a name', post('//example.com/x')],
  ['an asterisk', post('*')],
  ['no slash', post('webhook')],
  ['a NUL', post('/a\0b')],
  ['a NUL in a header', post('/', 'X-A: a\0b\r\n')],
  ['not HTTP', 'hello\r\n\r\n'],
  ['two lengths', post('/', 'Content-Length: 7\r\n')],
  ['a length and chunks', post('/', 'Transfer-Encoding: chunked\r\n')],
  ['a negative length', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
  ['a packed transfer', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
  ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n'],
])('%s is answered 400, and the server goes on', async (_what, bytes) => {
  const { port, refused, bodies } = await open();
  expect(statusOf(await exchange(port, bytes))).toBe(400);
  expect(refused).toEqual([400]);
  expect(bodies).toEqual([]);
  expect(statusOf(await exchange(port, post('/')))).toBe(200);
});

test('a whole URL as the target is read as its path', async () => {
  const paths: string[] = [];
  const { port } = await open({
    head({ path, query }) {
      paths.push(`${path} ${query}`);
      return undefined;
    },
  });
  expect(statusOf(await exchange(port, post('http://example.com/webhook?a=1')))).toBe(200);
  expect(paths).toEqual(['/webhook a=1']);
});

test('headers over 16 KiB are answered 431', async () => {
  const { port, refused } = await open();
  expect(statusOf(await exchange(port, post('/', `X-Long: ${'a'.repeat(17_000)}\r\n`)))).toBe(431);
  expect(refused).toEqual([431]);
});

test.each([
  ['headers', 'POST / HTTP/1.1\r\nHost: a\r\n'],
  ['a body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{'],
  ['not a word', ''],
])('%s that never come to an end are answered 408', async (_what, bytes) => {
  const { port, refused } = await open({}, { limits: { headersTimeout: 100, requestTimeout: 150 } });
  expect(statusOf(await exchange(port, bytes))).toBe(408);
  expect(refused).toEqual([408]);
});

test('a body that is too large is answered 413 before the rest is sent', async () => {
  const { port, bodies } = await open({
    head: ({ headers }) => (Number(headers['content-length']) > 1_000 ? { status: 413 } : undefined),
  });
  expect(statusOf(await exchange(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n{'))).toBe(413);
  const chunk = `${(900).toString(16)}\r\n${'a'.repeat(900)}\r\n`;
  const chunked = `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`;
  expect(statusOf(await exchange(port, chunked))).toBe(413);
  expect(bodies).toEqual([]);
});

test('a thousand silent connections do not keep an honest request waiting', async () => {
  const { port, server } = await open();
  let opened = 0;
  server.on('connection', () => {
    opened += 1;
  });
  const idle = Array.from({ length: 1_000 }, () => dial(port));
  await vi.waitUntil(() => opened === 1_000, SOON);
  expect(statusOf(await exchange(port, post('/')))).toBe(200);
  await vi.waitUntil(() => idle.some((wire) => wire.closed), SOON);
  expect(idle.filter((wire) => wire.closed)).toHaveLength(1);
});

test('a connection whose request waits for its answer is never closed for another', async () => {
  const answers: ((reply: { status: number }) => void)[] = [];
  const { port, server } = await open(
    { whole: () => new Promise((resolve) => answers.push(resolve)) },
    { limits: { connections: 3 } },
  );
  const waiting = [dial(port), dial(port), dial(port)];
  for (const wire of waiting) wire.write(post('/'));
  await vi.waitUntil(() => answers.length === 3, SOON);
  const late = dial(port);
  await once(late, 'close');
  for (const answer of answers) answer({ status: 200 });
  await Promise.all(waiting.map((wire) => once(wire, 'close')));
  expect(waiting.map((wire) => statusOf(wire.text()))).toEqual([200, 200, 200]);
  expect(server.listening).toBe(true);
});

test('the one that has gone longest without completing a request is closed first', async () => {
  const { port, bodies } = await open({}, { limits: { connections: 3 } });
  const [first, second, third] = [dial(port), dial(port), dial(port)] as const;
  await Promise.all([first, second, third].map((wire) => once(wire, 'connect')));
  first.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}');
  await vi.waitUntil(() => first.text() !== '', SOON);
  const fourth = dial(port);
  await once(second, 'close');
  expect([first, third, fourth].map((wire) => wire.closed)).toEqual([false, false, false]);
  expect(bodies).toHaveLength(1);
});

test('over TLS the limit counts connections that never say hello', async () => {
  const { port, server } = await open({}, { tls: certificate });
  let opened = 0;
  server.on('connection', () => {
    opened += 1;
  });
  const idle = Array.from({ length: 1_000 }, () => dial(port));
  await vi.waitUntil(() => opened === 1_000, SOON);
  const wire = connectTls({ port, host: '127.0.0.1', ca: certificate.cert });
  let text = '';
  wire.on('data', (chunk) => {
    text += chunk;
  });
  wire.write(post('/'));
  await once(wire, 'close');
  expect(statusOf(text)).toBe(200);
  await vi.waitUntil(() => idle.some((each) => each.closed), SOON);
});

test('stopping answers what is open and takes nothing new', async () => {
  const answers: ((reply: { status: number }) => void)[] = [];
  const { port, stop } = await open({ whole: () => new Promise((resolve) => answers.push(resolve)) });
  const wire = dial(port);
  wire.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}`);
  await vi.waitUntil(() => answers.length === 1, SOON);
  const stopped = stop(60_000);
  const late = dial(port);
  await vi.waitUntil(() => late.closed, SOON);
  answers[0]?.({ status: 200 });
  await stopped;
  await vi.waitUntil(() => wire.closed, SOON);
  expect(statusOf(wire.text())).toBe(200);
  expect(wire.text()).toMatch(/connection: close/i);
});
