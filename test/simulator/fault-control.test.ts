import { connect as connectTcp } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { FAULT_NAMES, type FaultPlan, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { manualClock } from '../support/manual-clock.ts';
import { basic, connect, fetchToken, openSocket, type SocketClient, socketUrl } from '../support/socket-client.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

const start = async (...faults: FaultPlan[]) => {
  const clock = manualClock();
  running = await startSimulator({ clock, random: Math.random, faults });
  return { clock, simulator: running };
};

const numbers = (client: SocketClient) =>
  client.frames.slice(1).map((frame) => {
    try {
      return JSON.parse(JSON.parse(frame).content).n;
    } catch {
      return 'broken';
    }
  });

/** Sends {"n":1}, {"n":2} … one by one. */
const sendNumbers = (simulator: Simulator, from: number, to: number) => {
  for (let n = from; n <= to; n += 1) simulator.send({ n });
};

const tokenStatus = async ({ settings }: Simulator) => {
  const answer = await fetch(settings.ZOOM_OAUTH_URL, {
    method: 'POST',
    headers: { authorization: basic(settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return [answer.status, answer.headers.get('retry-after')];
};

test('drop resets each connection 5 seconds after it was accepted, without a close frame', async () => {
  const { clock, simulator } = await start({ name: 'drop' });
  for (const _round of [1, 2]) {
    const client = await connect(simulator);
    await clock.advance(4_999);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    await clock.advance(1);
    expect(await client.closed).toEqual({ code: 1006, reason: '' });
  }
});

test('drop is a TCP reset', async () => {
  const { simulator } = await start();
  const { port } = new URL(simulator.url);
  const wire = connectTcp(Number(port), '127.0.0.1');
  const token = await fetchToken(simulator);
  const path = `/ws?subscriptionId=${simulator.settings.ZOOM_SUBSCRIPTION_ID}&access_token=${token}`;
  wire.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  await new Promise((resolve) => wire.once('data', resolve));
  const ended = new Promise((resolve) => wire.on('error', ({ message }) => resolve(message)));
  simulator.fault('drop');
  expect(await ended).toMatch(/ECONNRESET/);
});

test('zombie says nothing more, and keeps TCP open beyond the silence that would close another client', async () => {
  const { clock, simulator } = await start({ name: 'zombie', afterMs: 1_000 });
  const client = await connect(simulator);
  await clock.advance(1_000);
  client.socket.send('{"module":"heartbeat"}');
  client.socket.ping();
  expect(simulator.send({ n: 1 })).toBe(0);
  await clock.advance(120_000);
  expect([client.frames.length, client.socket.readyState]).toEqual([1, client.socket.OPEN]);
  expect(simulator.heard.frames).toEqual([]);
  const again = await connect(simulator);
  simulator.send({ n: 2 });
  await again.frame(1);
  await client.closed;
});

test('displace tells the client that another one has come', async () => {
  const { clock, simulator } = await start({ name: 'displace' });
  const client = await connect(simulator);
  await clock.advance(5_000);
  expect((await client.closed).reason).toBe('Connected in another place');
});

test('duplicate sends every event twice from then on', async () => {
  const { clock, simulator } = await start({ name: 'duplicate' });
  const client = await connect(simulator);
  sendNumbers(simulator, 1, 1);
  await clock.advance(5_000);
  sendNumbers(simulator, 2, 3);
  await client.frame(5);
  expect(numbers(client)).toEqual([1, 2, 2, 3, 3]);
});

test('delay holds every event back for 3 seconds, in order', async () => {
  const { clock, simulator } = await start({ name: 'delay', afterMs: 0 });
  const client = await connect(simulator);
  sendNumbers(simulator, 1, 1);
  await clock.advance(1_000);
  sendNumbers(simulator, 2, 2);
  await clock.advance(1_999);
  expect(client.frames).toHaveLength(1);
  await clock.advance(1);
  await client.frame(1);
  await clock.advance(1_000);
  await client.frame(2);
  expect(numbers(client)).toEqual([1, 2]);
});

test('reorder lets every second event overtake the one before it, and loses none', async () => {
  const { clock, simulator } = await start({ name: 'reorder', afterMs: 0 });
  const client = await connect(simulator);
  simulator.send([{ n: 1 }, { n: 2 }, { n: 3 }]);
  sendNumbers(simulator, 4, 5);
  await client.frame(4);
  expect(numbers(client)).toEqual([2, 1, 4, 3]);
  await clock.advance(1_000);
  await client.frame(5);
  expect(numbers(client)).toEqual([2, 1, 4, 3, 5]);
});

test('malformed puts broken frames between the events, and loses none', async () => {
  const { simulator } = await start({ name: 'malformed', afterMs: 0 });
  const client = await connect(simulator);
  await client.frame(1);
  sendNumbers(simulator, 1, 10);
  await client.frame(13);
  expect(numbers(client)).toEqual(['broken', 1, 2, 3, 4, 5, 'broken', 6, 7, 8, 9, 10, 'broken']);
});

test('faults of a connection combine', async () => {
  const { clock, simulator } = await start(
    { name: 'duplicate', afterMs: 0 },
    { name: 'delay', afterMs: 0 },
    { name: 'drop', afterMs: 10_000 },
  );
  const client = await connect(simulator);
  sendNumbers(simulator, 1, 2);
  await clock.advance(3_000);
  await client.frame(4);
  expect(numbers(client)).toEqual([1, 1, 2, 2]);
  await clock.advance(7_000);
  expect(await client.closed).toMatchObject({ code: 1006 });
});

test('reject-token refuses every token, at the socket and at the API', async () => {
  const { simulator } = await start({ name: 'reject-token' });
  const token = await fetchToken(simulator);
  for (const _round of [1, 2, 3]) {
    const client = openSocket(socketUrl(simulator, token));
    expect(JSON.parse(await client.frame(0))).toMatchObject({ success: false, content: 'Token is invalid' });
    await client.closed;
  }
  const me = await fetch(`${simulator.settings.ZOOM_API_URL}/users/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(me.status).toBe(401);
});

test('bad-subscription refuses every subscription, with a good token', async () => {
  const { simulator } = await start({ name: 'bad-subscription' });
  const client = openSocket(socketUrl(simulator, await fetchToken(simulator)));
  expect(JSON.parse(await client.frame(0))).toMatchObject({ success: false, content: 'subscription is invalid' });
});

test.each([
  ['oauth-429', 429, '1'],
  ['oauth-500', 500, null],
] as const)('%s fails three token requests, so that a client is seen to recover', async (name, status, retryAfter) => {
  const { simulator } = await start({ name });
  const answers = [];
  for (const _round of [1, 2, 3, 4]) answers.push(await tokenStatus(simulator));
  expect(answers).toEqual([...Array(3).fill([status, retryAfter]), [200, null]]);
  expect(simulator.heard.tokenRequests.map((request) => request.status)).toEqual([status, status, status, 200]);
});

test('a fault of requests with a time begins that long after a connection was accepted', async () => {
  const { clock, simulator } = await start({ name: 'oauth-500', afterMs: 10_000 });
  await connect(simulator);
  expect(await tokenStatus(simulator)).toEqual([200, null]);
  await clock.advance(10_000);
  expect(await tokenStatus(simulator)).toEqual([500, null]);
});

test('slow-handshake opens the socket at once, and answers 5 seconds later', async () => {
  const { clock, simulator } = await start({ name: 'slow-handshake' });
  const client = openSocket(socketUrl(simulator, await fetchToken(simulator)));
  await new Promise((resolve) => client.socket.once('open', resolve));
  await clock.advance(4_999);
  expect(client.frames).toEqual([]);
  await clock.advance(1);
  expect(JSON.parse(await client.frame(0)).success).toBe(true);
});

test('none of a cleared fault is left: planned, on, or on a connection', async () => {
  const { clock, simulator } = await start(...FAULT_NAMES.map((name) => ({ name, afterMs: 2_000 })));
  const client = await connect(simulator);
  simulator.fault('duplicate');
  simulator.fault('reject-token');
  simulator.fault('drop', 1_000);
  simulator.clearFaults();
  await clock.advance(10_000);
  sendNumbers(simulator, 1, 2);
  await client.frame(2);
  expect(numbers(client)).toEqual([1, 2]);
  expect(await tokenStatus(simulator)).toEqual([200, null]);
  expect(simulator.state().faults).toEqual([]);
});

test('a fault at run time meets those who are connected then, and nobody who comes later', async () => {
  const { simulator } = await start();
  const first = await connect(simulator);
  expect(simulator.fault('drop')).toBe(1);
  await first.closed;
  const second = await connect(simulator);
  simulator.send({ n: 1 });
  await second.frame(1);
});
