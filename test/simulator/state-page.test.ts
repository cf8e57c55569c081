import { afterEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { inBrowser } from '../support/browser.ts';
import { manualClock } from '../support/manual-clock.ts';
import { connect } from '../support/socket-client.ts';
import { hasProgram } from '../support/terminal.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

test('says who is connected, since when, the last heartbeat, what was sent and which faults are on', async () => {
  const clock = manualClock(Date.parse('2026-11-22T01:42:00Z'));
  running = await startSimulator({ clock, random: Math.random, faults: [{ name: 'oauth-500', afterMs: 60_000 }] });
  const simulator = running;
  const client = await connect(simulator);
  await clock.advance(1_000);
  client.socket.send('{"module":"heartbeat"}');
  await client.frame(1);
  simulator.send([{ event: 'meeting.started' }, '{ "event" : "meeting.ended"}', 'odd']);
  simulator.fault('duplicate');
  const answer = await fetch(`${simulator.url}/state.json`);
  expect(await answer.json()).toMatchObject({
    started_at: '2026-11-22T01:42:00.000Z',
    now: '2026-11-22T01:42:01.000Z',
    clients: [
      {
        id: 1,
        subscription: simulator.settings.ZOOM_SUBSCRIPTION_ID,
        state: 'live',
        connected_at: '2026-11-22T01:42:00.000Z',
        heartbeat_at: '2026-11-22T01:42:01.000Z',
        heartbeats: 1,
        sent: 3,
        faults: ['duplicate'],
      },
    ],
    sent: { total: 3, unheard: 0, by_type: { 'meeting.started': 1, 'meeting.ended': 1, unnamed: 1 } },
    faults: ['oauth-500'],
    faults_left: {},
    token_requests: 1,
    tokens: 1,
  });
});

test('escapes what came from outside, runs nothing, and shows no token', async () => {
  running = await startSimulator({ clock: systemClock, random: Math.random, rules: { subscriptions: ['<b>"&\''] } });
  const simulator = running;
  await connect(simulator, encodeURIComponent('<b>"&\''));
  simulator.send({ event: '<script>alert(1)</script>' });
  const page = await fetch(simulator.url);
  const text = await page.text();
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  expect(text).not.toMatch(/<script|<b>/);
  expect(text).toContain('&lt;b&gt;&quot;&amp;&#39;');
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  const token = simulator.heard.upgrades[0]?.token ?? '';
  expect(token).not.toBe('');
  expect(text + (await (await fetch(`${simulator.url}/state.json`)).text())).not.toContain(token);
});

test('counts down the faults of requests that end by themselves, and then they are off', async () => {
  running = await startSimulator({
    clock: systemClock,
    random: Math.random,
    faults: [{ name: 'oauth-429' }, { name: 'reject-token' }],
  });
  const simulator = running;
  const page = async () => (await fetch(simulator.url)).text();
  expect(await page()).toContain('0 token requests, 0 good tokens');
  for (const left of ['2 requests', '1 request']) {
    await fetch(simulator.settings.ZOOM_OAUTH_URL, { method: 'POST' });
    expect(await page()).toContain(`<td>oauth-429</td><td>${left}</td>`);
  }
  expect(simulator.state()).toMatchObject({ faults: ['oauth-429', 'reject-token'], faults_left: { 'oauth-429': 1 } });
  await fetch(simulator.settings.ZOOM_OAUTH_URL, { method: 'POST' });
  expect(simulator.state()).toMatchObject({ faults: ['reject-token'], faults_left: {} });
});

test('one is one', async () => {
  running = await startSimulator({ clock: systemClock, random: Math.random });
  await connect(running);
  running.send({ event: 'meeting.started' });
  const text = await (await fetch(running.url)).text();
  expect(text).toContain('1 token request, 1 good token.');
  expect(text).toContain('1 event,');
});

/** In the page: how wide it is, and the worst contrast of a text with its background (WCAG 2). */
const MEASURE = `(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = parts(color).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const back = light(getComputedStyle(document.body).backgroundColor);
  const texts = [...document.querySelectorAll('h1,h2,p,a,th,td')].map((element) => light(getComputedStyle(element).color));
  const contrast = Math.min(...texts.map((text) => (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05)));
  return { width: document.documentElement.scrollWidth, tables: document.querySelectorAll('table').length, back, contrast };
})()`;

describe.skipIf(!hasProgram('chromium'))('in a real browser', () => {
  test.each([
    { width: 420, scheme: 'dark' },
    { width: 420, scheme: 'light' },
    { width: 1200, scheme: 'dark' },
  ] as const)('the page fits $width pixels and can be read when it is $scheme', async (look) => {
    running = await startSimulator({ clock: systemClock, random: Math.random });
    await connect(running);
    running.send([{ event: 'meeting.participant_room_system_callout_accepted' }, { event: 'meeting.started' }]);
    const { width, tables, back, contrast } = (await inBrowser(running.url, look, MEASURE)) as Record<string, number>;
    expect(width).toBeLessThanOrEqual(look.width);
    expect(tables).toBe(3);
    expect(contrast).toBeGreaterThanOrEqual(4.5);
    if (look.scheme === 'dark') expect(back).toBeLessThan(0.05);
    else expect(back).toBeGreaterThan(0.9);
  });
});
