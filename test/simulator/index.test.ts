import { afterEach, expect, test } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { manualClock } from '../support/manual-clock.ts';
import { connect, fetchToken, openSocket, socketUrl } from '../support/socket-client.ts';

let running: Simulator | undefined;

const start = async (options: Partial<SimulatorOptions> = {}): Promise<Simulator> => {
  running = await startSimulator({ clock: systemClock, random: Math.random, ...options });
  return running;
};

afterEach(() => running?.close());

const EVENT = '{"event":"meeting.started","event_ts":1,"payload":{"object":{"id":"1"}}}';

test('carries the event text unchanged, as a JSON string in a message frame', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  expect(simulator.send('{ "event" : "ü",\n"n":1.0 }')).toBe(1);
  expect(JSON.parse(await client.frame(1))).toEqual({
    module: 'message',
    content: '{ "event" : "ü",\n"n":1.0 }',
    header: {},
  });
});

test.each([
  ['object', `{"module":"message","content":${EVENT},"header":{}}`],
  ['bare', EVENT],
] as const)('sends events as %s where told to', async (contentAs, frame) => {
  const simulator = await start({ rules: { contentAs } });
  const client = await connect(simulator);
  simulator.send(EVENT);
  expect(await client.frame(1)).toBe(frame);
});

test('gives each subscription its own copy, and one subscription alone where told to', async () => {
  const simulator = await start();
  const [one = '', two = ''] = simulator.rules.subscriptions;
  const [first, second] = [await connect(simulator, one), await connect(simulator, two)];
  expect(simulator.send([{ n: 1 }, { n: 2 }])).toBe(2);
  expect(simulator.send({ n: 3 }, two)).toBe(1);
  expect(JSON.parse(await second.frame(3)).content).toBe('{"n":3}');
  expect(JSON.parse(await first.frame(2)).content).toBe('{"n":2}');
  expect(first.frames).toHaveLength(3);
});

test('replays nothing to a client that comes later', async () => {
  const simulator = await start();
  expect(simulator.send(EVENT)).toBe(0);
  const client = await connect(simulator);
  simulator.send({ n: 2 });
  expect(JSON.parse(await client.frame(1)).content).toBe('{"n":2}');
});

test('closes a client that has sent no heartbeat for 60 seconds, and keeps one that has', async () => {
  const clock = manualClock();
  const simulator = await start({ clock });
  const silent = await connect(simulator);
  const alive = await connect(simulator, simulator.rules.subscriptions[1]);
  await clock.advance(59_000);
  alive.socket.send('{ "module" : "heartbeat" }');
  expect(JSON.parse(await alive.frame(1))).toMatchObject({ module: 'heartbeat', success: true });
  await clock.advance(1_000);
  expect(await silent.closed).toEqual({ code: 1000, reason: 'no heartbeat' });
  expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  await clock.advance(59_000);
  expect(await alive.closed).toMatchObject({ code: 1000 });
});

test.each(['heartbeat', '{"module":"ping"}', '{', Buffer.from('{"module":"heartbeat"}')])(
  'takes %s for no heartbeat',
  async (text) => {
    const clock = manualClock();
    const simulator = await start({ clock });
    const client = await connect(simulator);
    await clock.advance(59_000);
    client.socket.ping();
    client.socket.send(text);
    await expect.poll(() => simulator.heard.frames).toHaveLength(1);
    await clock.advance(1_000);
    await client.closed;
    expect(client.frames).toHaveLength(1);
  },
);

test.each([
  ['both', 'Connected in another place'],
  ['frame', ''],
  ['reason', 'Connected in another place'],
  ['neither', ''],
] as const)('tells a displaced client by %s', async (tell, reason) => {
  const simulator = await start();
  simulator.rules.displacement = { ...simulator.rules.displacement, tell, code: 1001 };
  const first = await connect(simulator);
  const second = await connect(simulator);
  expect(await first.closed).toEqual({ code: 1001, reason });
  const told = first.frames.slice(1).map((frame) => JSON.parse(frame).content);
  expect(told).toEqual(tell === 'both' || tell === 'frame' ? ['Connected in another place'] : []);
  expect(simulator.send(EVENT)).toBe(1);
  await second.frame(1);
});

test('displaces before, after or never, as told', async () => {
  const clock = manualClock();
  const simulator = await start({ clock });
  const usual = simulator.rules.displacement;
  const token = await fetchToken(simulator);
  const first = openSocket(socketUrl(simulator, token));
  await first.frame(0);

  simulator.rules.displacement = { ...usual, when: 'before' };
  const second = openSocket(socketUrl(simulator, token));
  await first.closed;
  expect(second.frames).toEqual([]);
  await clock.advance(1_000);
  await second.frame(0);

  simulator.rules.displacement = { ...usual, when: 'after', overlap: 'both' };
  const third = await connect(simulator);
  expect(simulator.send(EVENT)).toBe(2);
  await Promise.all([second.frame(1), third.frame(1)]);
  expect(second.socket.readyState).toBe(second.socket.OPEN);
  await clock.advance(1_000);
  await second.closed;

  simulator.rules.displacement = { ...usual, when: 'never' };
  const fourth = await connect(simulator);
  expect(simulator.send(EVENT)).toBe(1);
  await fourth.frame(1);
  third.socket.send('{"module":"heartbeat"}');
  expect(JSON.parse(await third.frame(2)).module).toBe('heartbeat');
});

test('refuses an upgrade with the status it is told', async () => {
  const simulator = await start({ rules: { badSubscriptionStatus: 404 } });
  const client = openSocket(`${simulator.settings.ZOOM_WS_URL}?subscriptionId=other&access_token=x`);
  await expect(client.frame(0)).rejects.toThrow('Unexpected server response: 404');
});

test('refuses a token that has expired or was replaced, and still knows it by name in what it heard', async () => {
  const clock = manualClock();
  const simulator = await start({ clock, rules: { tokenTtlMs: 10_000, mintInvalidatesOlder: true } });
  const [old, fresh] = [await fetchToken(simulator), await fetchToken(simulator)];
  expect(JSON.parse(await openSocket(socketUrl(simulator, old)).frame(0)).success).toBe(false);
  expect(JSON.parse(await openSocket(socketUrl(simulator, fresh)).frame(0)).success).toBe(true);
  await clock.advance(10_000);
  expect(JSON.parse(await openSocket(socketUrl(simulator, fresh)).frame(0)).success).toBe(false);
  expect(simulator.heard.upgrades.map(({ token }) => token)).toEqual([old, fresh, fresh]);
});

test('closes a live socket when its token expires, where told to', async () => {
  const clock = manualClock();
  const simulator = await start({ clock, rules: { tokenTtlMs: 10_000, expiryClosesSocket: true } });
  const client = await connect(simulator);
  await clock.advance(10_000);
  expect(await client.closed).toEqual({ code: 1008, reason: 'token expired' });
});

test('notes the close codes of its clients', async () => {
  const simulator = await start();
  const [one, two] = [await connect(simulator), await connect(simulator, simulator.rules.subscriptions[1])];
  one.socket.close(4321, 'bye');
  await expect.poll(() => simulator.heard.closes).toMatchObject([{ code: 4321, reason: 'bye' }]);
  two.socket.terminate();
  await expect.poll(() => simulator.heard.closes[1]).toMatchObject({ code: 1006 });
});

test('ends at once, with connections open and requests in the air', async () => {
  const simulator = await start({ rules: { tokenDelayMs: 60_000, acceptDelayMs: 60_000 } });
  const hanging = fetchToken(simulator).catch(() => 'cut');
  const client = openSocket(`${simulator.settings.ZOOM_WS_URL}?subscriptionId=x&access_token=x`);
  await expect.poll(() => simulator.clients.size).toBe(1);
  await simulator.close();
  expect(await hanging).toBe('cut');
  await client.closed;
});
