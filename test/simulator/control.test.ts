import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { connect } from '../support/socket-client.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

const start = async (options: Partial<SimulatorOptions> = {}) => {
  running = await startSimulator({ clock: systemClock, random: Math.random, ...options });
  return running;
};

const JSON_TYPE = { 'content-type': 'application/json' };

/** node:http, since `fetch` does not let a caller choose Host and Origin. */
const post = (
  url: string,
  headers: Record<string, string>,
  body = '{"events":["{}"]}',
  method = 'POST',
  path = '/control',
): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end(body);
  });

test('takes events from a program of this machine', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  expect(await post(simulator.url, JSON_TYPE)).toBe(200);
  expect(await post(simulator.url, { ...JSON_TYPE, host: 'localhost:1' })).toBe(200);
  await client.frame(2);
});

test.each([
  ['another site', { ...JSON_TYPE, origin: 'https://example.com' }],
  ['a page of this machine', { ...JSON_TYPE, origin: 'http://127.0.0.1:8787' }],
  ['a sandboxed page', { ...JSON_TYPE, origin: 'null' }],
  ['a browser without Origin', { ...JSON_TYPE, 'sec-fetch-site': 'same-origin' }],
  ['a name that leads here by DNS', { ...JSON_TYPE, host: 'evil.example:8787' }],
  ['a name that only looks like this machine', { ...JSON_TYPE, host: '127.0.0.1.evil.example' }],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['text that a page may send unasked', { 'content-type': 'text/plain' }],
  ['no type', {}],
])('refuses what a web page could send: %s', async (_what, headers) => {
  const simulator = await start();
  expect(await post(simulator.url, headers)).toBe(403);
  expect(simulator.state().sent.total).toBe(0);
});

test.each([
  '',
  '{',
  '[]x',
  '"events"',
  '{"events":"x"}',
  '{"events":[1]}',
  '{"fault":"drop"}',
  '{"fault":{"name":"x","afterMs":1}}',
  '{"fault":{"name":"drop","afterMs":-1}}',
  '{"fault":{"name":"drop"}}',
])('answers 400 to what is no request: %s', async (body) => {
  const simulator = await start();
  expect(await post(simulator.url, JSON_TYPE, body)).toBe(400);
});

test('no other method and no CORS: a preflight gets nothing', async () => {
  const simulator = await start();
  expect(await post(simulator.url, JSON_TYPE, '', 'OPTIONS')).toBe(404);
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

test.runIf(outside)('refuses another machine, though it listens to all', async () => {
  const simulator = await start({ host: '0.0.0.0' });
  const { port } = new URL(simulator.url);
  expect(simulator.reachableFromOutside).toBe(true);
  expect(await post(`http://${outside}:${port}`, { ...JSON_TYPE, host: 'localhost' })).toBe(403);
  expect((await fetch(`http://${outside}:${port}/state.json`)).status).toBe(200);
});

test.each([
  ['/', 'GET', { 'user-agent': 'Mozilla/5.0' }],
  ['/state.json', 'GET', { 'user-agent': 'Mozilla/5.0' }],
  ['/oauth/token', 'POST', { origin: 'http://evil.example:8787' }],
])('refuses a page whose own name was made to lead here: %s', async (path, method, headers) => {
  const simulator = await start();
  expect(await post(simulator.url, { ...headers, host: 'evil.example:8787' }, '', method, path)).toBe(403);
  expect(await post(simulator.url, headers, '', method, path)).not.toBe(403);
});

test('an event waits for somebody to receive it, as long as it is told to', async () => {
  const simulator = await start();
  expect(await post(simulator.url, JSON_TYPE, '{"events":["{}"],"waitMs":1}')).toBe(200);
  const posted = post(simulator.url, JSON_TYPE, '{"events":["{\\"event\\":\\"waited.for\\"}"],"waitMs":60000}');
  const client = await connect(simulator);
  expect(await client.frame(1)).toContain('waited.for');
  expect(await posted).toBe(200);
  expect(await post(simulator.url, JSON_TYPE, '{"events":["{}"],"waitMs":-1}')).toBe(400);
});
