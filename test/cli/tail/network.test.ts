import { afterEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import { systemClock } from '../../../src/time/system-clock.ts';
import { certificate, zoomExample } from '../../support/certificate.ts';
import { type ConnectProxy, connectProxy } from '../../support/connect-proxy.ts';
import { type CliRun, startCli } from '../../support/run-cli.ts';

const closing: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const EVENT = '{"event":"meeting.started","event_ts":1,"payload":{"object":{"id":"1"}}}';

const simulatorWith = async (tls: { key: string; cert: string }): Promise<Simulator> => {
  const simulator = await startSimulator({ clock: systemClock, random: Math.random, tls });
  closing.push(() => simulator.close());
  return simulator;
};

const proxyTo = async (simulator: Simulator, options?: Parameters<typeof connectProxy>[1]): Promise<ConnectProxy> => {
  const proxy = await connectProxy(Number(new URL(simulator.url).port), options);
  closing.push(() => proxy.close());
  return proxy;
};

const tail = (env: Record<string, string>, ...args: string[]): CliRun => {
  const run = startCli(['tail', '-n', '1', '-v', ...args], { env });
  closing.push(() => {
    run.child.kill('SIGKILL');
    return run.done;
  });
  return run;
};

/** Zoom's names, which only the proxy can resolve. */
const behindProxy = (simulator: Simulator, proxy: ConnectProxy, more: Record<string, string> = {}) => ({
  ...simulator.settings,
  ZOOM_WS_URL: 'wss://ws.zoom.example/ws',
  ZOOM_OAUTH_URL: 'https://zoom.example/oauth/token',
  NODE_EXTRA_CA_CERTS: zoomExample.path,
  HTTPS_PROXY: proxy.url,
  ...more,
});

const oneEvent = async (run: CliRun, simulator: Simulator): Promise<void> => {
  await run.waitFor('stderr', /ready/);
  simulator.send(EVENT);
  expect(await run.done).toMatchObject({ status: 0, stdout: `${EVENT}\n` });
};

test('speaks TLS with a certificate that NODE_EXTRA_CA_CERTS vouches for', async () => {
  const simulator = await simulatorWith(certificate);
  await oneEvent(tail({ ...simulator.settings, NODE_EXTRA_CA_CERTS: certificate.path }), simulator);
});

test('does not speak to one that nobody vouches for, and says what helps', async () => {
  const simulator = await simulatorWith(certificate);
  const run = tail({ ...simulator.settings }, '--max-retries', '0');
  expect(await run.done).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  });
  expect(simulator.heard.tokenRequests).toEqual([]);
});

test('does not send the token of the socket to one that nobody vouches for', async () => {
  const simulator = await simulatorWith(certificate);
  const run = tail({ ...simulator.settings, ZOOM_ACCESS_TOKEN: 'given-token' }, '--max-retries', '0');
  expect(await run.done).toMatchObject({ status: 1, stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
  expect(simulator.heard.upgrades).toEqual([]);
});

test.each([
  ['HTTPS_PROXY', {}],
  ['https_proxy', { HTTPS_PROXY: '' }],
] as const)('asks the proxy of %s for the token and for the socket', async (name, more) => {
  const simulator = await simulatorWith(zoomExample);
  const proxy = await proxyTo(simulator);
  await oneEvent(tail(behindProxy(simulator, proxy, { ...more, [name]: proxy.url })), simulator);
  expect(proxy.asked.map(({ target }) => target)).toEqual(['zoom.example:443', 'ws.zoom.example:443']);
});

test('gives the proxy its user and password', async () => {
  const simulator = await simulatorWith(zoomExample);
  const proxy = await proxyTo(simulator, { user: 'me:p@ss word' });
  const withUser = proxy.url.replace('//', '//me:p%40ss%20word@');
  await oneEvent(tail(behindProxy(simulator, proxy, { HTTPS_PROXY: withUser })), simulator);
  expect(proxy.asked).toHaveLength(2);
});

test.each([
  ['the token request', {}],
  ['the socket', { ZOOM_ACCESS_TOKEN: 'given-token' }],
] as const)('says that the proxy wants a password, and shows none: %s', async (_, more) => {
  const simulator = await simulatorWith(zoomExample);
  const proxy = await proxyTo(simulator, { user: 'me:right' });
  const withUser = proxy.url.replace('//', '//me:hidden-word@');
  const run = tail(behindProxy(simulator, proxy, { ...more, HTTPS_PROXY: withUser }), '--max-retries', '0');
  const { status, stdout, stderr } = await run.done;
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/407|[Pp]roxy/);
  expect(stderr).toContain(new URL(proxy.url).host);
  expect(stderr).not.toContain('hidden-word');
});

test.each([
  ['403', 'HTTP/1.1 403 Forbidden\r\n\r\n'],
  ['502', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno\n'],
])('a proxy that answers %s is a failure, not a refusal by Zoom', async (status, answer) => {
  const simulator = await simulatorWith(zoomExample);
  const proxy = await proxyTo(simulator, { answer });
  const run = tail(behindProxy(simulator, proxy, { ZOOM_ACCESS_TOKEN: 'given-token' }), '--max-retries', '1');
  expect(await run.done).toMatchObject({ status: 1, stderr: expect.stringContaining(`answered ${status}`) });
  expect(proxy.asked).toHaveLength(2);
});

test('a proxy that says nothing does not hold up Ctrl-C', async () => {
  const simulator = await simulatorWith(zoomExample);
  const proxy = await proxyTo(simulator, { answer: 'silence' });
  const run = tail(behindProxy(simulator, proxy, { ZOOM_ACCESS_TOKEN: 'given-token' }));
  await run.waitFor('stderr', /connecting/);
  await expect.poll(() => proxy.asked.length).toBe(1);
  run.child.kill('SIGINT');
  expect(await run.done).toMatchObject({ status: 130 });
});

test('what NO_PROXY names is reached directly', async () => {
  const simulator = await simulatorWith(zoomExample);
  const proxy = await proxyTo(simulator);
  const run = tail(behindProxy(simulator, proxy, { NO_PROXY: '.zoom.example' }), '--max-retries', '0');
  // Directly the name does not exist.
  expect(await run.done).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/zoom\.example cannot be reached:/),
  });
  expect(proxy.asked).toEqual([]);
});

test('this machine is reached directly, whatever the proxy is', async () => {
  const simulator = await simulatorWith(certificate);
  const proxy = await proxyTo(simulator);
  const settings = {
    ...simulator.settings,
    NODE_EXTRA_CA_CERTS: certificate.path,
    HTTPS_PROXY: proxy.url,
    HTTP_PROXY: proxy.url,
  };
  await oneEvent(tail(settings), simulator);
  expect(proxy.asked).toEqual([]);
});
