// What must not bring the simulator down. `SIMULATOR_LOAD=2000 npx vitest run …` makes it rougher.
import { connect as connectTcp, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { connect, fetchToken, openSocket, socketUrl } from '../support/socket-client.ts';

const LOAD = Number(process.env.SIMULATOR_LOAD ?? 200);

let running: Simulator | undefined;
afterEach(() => running?.close());

const start = async (options: Partial<Simulator['rules']> = {}) => {
  running = await startSimulator({ clock: systemClock, random: Math.random, rules: options });
  return running;
};

/** It still does what it is for. */
const isWell = async (simulator: Simulator) => {
  const client = await connect(simulator, simulator.rules.subscriptions.at(-1));
  simulator.send({ n: 1 });
  await client.frame(1);
  client.socket.send('{"module":"heartbeat"}');
  await client.frame(2);
  client.socket.close();
  await client.closed;
};

/** Writes bytes and waits for the end of the connection; resolves to what was answered. */
const throwAt = ({ url }: Simulator, bytes: string | Buffer): Promise<string> =>
  new Promise((resolve) => {
    const wire = connectTcp(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    wire.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    wire.on('error', () => {});
    wire.on('close', () => resolve(answer));
    wire.write(bytes);
  });

const upgrade = (path: string, headers: readonly string[] = []) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

test.each<[string, string | Buffer, RegExp]>([
  ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1\.1 400/],
  ['bytes', Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 37) % 256)), /^HTTP\/1\.1 400/],
  ['a TLS greeting', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc]), /^HTTP\/1\.1 400/],
  ['endless headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, /^HTTP\/1\.1 4/],
  [
    'two lengths',
    'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    /^HTTP\/1\.1 400/,
  ],
  ['an impossible path', 'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
  ['an upgrade elsewhere', upgrade('/other'), /^HTTP\/1\.1 404/],
  ['an upgrade with an impossible path', upgrade('http://['), /^HTTP\/1\.1 400/],
  ['an upgrade with two slashes', upgrade('//'), /^HTTP\/1\.1 4/],
  ['an upgrade to something else', upgrade('/ws').replace('Upgrade: websocket', 'Upgrade: h2c'), /^HTTP\/1\.1 400/],
  ['an upgrade without a key', upgrade('/ws').replace(/Sec-WebSocket-Key.*\r\n/, ''), /^HTTP\/1\.1 400/],
  ['an upgrade of another version', upgrade('/ws').replace('Version: 13', 'Version: 99'), /^HTTP\/1\.1 4/],
])('answers nonsense and goes on: %s', async (_what, bytes, answer) => {
  const simulator = await start();
  expect(await throwAt(simulator, bytes)).toMatch(answer);
  await isWell(simulator);
});

test('refuses a body that is too large without reading it', async () => {
  const simulator = await start();
  const answer = await throwAt(
    simulator,
    `POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n${'x'.repeat(5_000_000)}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413|^$/);
  await isWell(simulator);
});

test.each<[string, (socket: Awaited<ReturnType<typeof connect>>['socket']) => void, number]>([
  ['an oversize frame', (socket) => socket.send('x'.repeat(100_000)), 1009],
  ['invalid UTF-8', (socket) => socket.send(Buffer.from([0xff, 0xfe]), { binary: false }), 1007],
])('closes a connection that sends %s, with the code of RFC 6455', async (_what, send, code) => {
  const simulator = await start();
  const client = await connect(simulator);
  send(client.socket);
  expect(await client.closed).toMatchObject({ code });
  await isWell(simulator);
});

test.each<[string, string | Buffer]>([
  ['a binary frame', Buffer.from([0, 1, 2])],
  ['an empty frame', ''],
  ['deep nesting', '['.repeat(60_000)],
  ['a prototype', '{"__proto__":{"module":"heartbeat"}}'],
  ['null', 'null'],
])('takes no notice of %s', async (_what, data) => {
  const simulator = await start();
  const client = await connect(simulator);
  client.socket.send(data);
  client.socket.send('{"module":"heartbeat"}');
  expect(JSON.parse(await client.frame(1)).module).toBe('heartbeat');
  expect(client.frames).toHaveLength(2);
});

test('half requests hold up nobody, and end with the simulator', async () => {
  const simulator = await start();
  const half: Socket[] = Array.from({ length: LOAD }, () => {
    const wire = connectTcp(Number(new URL(simulator.url).port), '127.0.0.1');
    wire.on('error', () => {});
    wire.write('POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab');
    return wire;
  });
  await isWell(simulator);
  await simulator.close();
  await Promise.all(half.map((wire) => wire.closed || new Promise((resolve) => wire.once('close', resolve))));
});

test('a flood of bad requests, tokens and connections leaves it well', async () => {
  const simulator = await start();
  await Promise.all(
    Array.from({ length: LOAD }, async (_, index) => {
      const kinds = [
        () => throwAt(simulator, `NONSENSE ${index}\r\n\r\n`),
        () => throwAt(simulator, upgrade('/nowhere')),
        () => fetch(`${simulator.url}/${index}`).then((answer) => answer.text()),
        () => fetch(simulator.settings.ZOOM_OAUTH_URL, { method: 'POST', body: 'x' }).then((answer) => answer.text()),
        () => openSocket(socketUrl(simulator, `bad${index}`)).closed,
      ];
      await kinds[index % kinds.length]?.();
    }),
  );
  expect(simulator.clients.size).toBe(0);
  await isWell(simulator);
});

test('serves many connections side by side, and each its own subscription', async () => {
  const subscriptions = Array.from({ length: LOAD }, (_, index) => `S${index}`);
  const simulator = await start({ subscriptions });
  const token = await fetchToken(simulator);
  const clients = subscriptions.map((subscription) => openSocket(socketUrl(simulator, token, subscription)));
  await Promise.all(clients.map((client) => client.frame(0)));
  expect(simulator.send(Array.from({ length: 10 }, (_, n) => ({ n })))).toBe(LOAD);
  await Promise.all(clients.map((client) => client.frame(10)));
  for (const { socket } of clients) socket.terminate();
  await expect.poll(() => simulator.clients.size).toBe(0);
  await isWell(simulator);
});

test('survives two clients that displace each other again and again', async () => {
  const simulator = await start();
  const token = await fetchToken(simulator);
  for (let round = 0; round < LOAD / 4; round += 1) await openSocket(socketUrl(simulator, token)).frame(0);
  await expect.poll(() => simulator.clients.size).toBe(1);
});

const MIB = 1024 * 1024;

test('a client that does not read is ended once 16 MB wait for it, and holds nobody up', async () => {
  const simulator = await start();
  const lazy = await connect(simulator);
  lazy.socket.pause();
  let sent = 0;
  while (sent < 64 && simulator.send({ event: 'a.b', payload: { text: 'x'.repeat(MIB) } }) > 0) {
    sent += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sent).toBeGreaterThan(15);
  expect(sent).toBeLessThan(40);
  lazy.socket.resume();
  expect((await lazy.closed).code).toBe(1006);
  await isWell(simulator);
});

test('one that reads gets a batch of any size', async () => {
  const simulator = await start();
  const busy = await connect(simulator);
  simulator.send(Array.from({ length: 40 }, (_, n) => ({ event: 'a.b', payload: { n, text: 'x'.repeat(MIB) } })));
  await simulator.drained();
  simulator.send({ event: 'last.one' });
  expect(await busy.frame(41)).toContain('last.one');
});

test('a client that reads nothing, and has less than that waiting, is not waited for', async () => {
  const simulator = await start();
  const lazy = await connect(simulator);
  lazy.socket.pause();
  simulator.send(Array.from({ length: 12 }, () => ({ event: 'a.b', payload: { text: 'x'.repeat(MIB) } })));
  await simulator.drained();
  expect(simulator.send({ event: 'still.there' })).toBe(1);
  lazy.socket.terminate();
});

test('heartbeats whose answers are not read do not pile up for ever', async () => {
  const simulator = await start();
  const lazy = await connect(simulator);
  lazy.socket.pause();
  const text = 'x'.repeat(MIB);
  simulator.send(Array.from({ length: 30 }, () => ({ event: 'a.b', payload: { text } })));
  lazy.socket.send('{"module":"heartbeat"}');
  await expect.poll(() => simulator.send({ event: 'anybody.there' }), { timeout: 15_000 }).toBe(0);
});
