import { expect, test } from 'vitest';
import { runCli } from '../../support/run-cli.ts';
import { isSigned, webhookHandler } from '../../support/webhook-handler.ts';
import { WEBHOOK_SECRET } from '../../support/zoom-webhook.ts';

const env = { ZOOM_WEBHOOK_SECRET_TOKEN: WEBHOOK_SECRET };
const trigger = (args: readonly string[]) => runCli(['trigger', ...args], { env });

test('one signed event reaches a handler without any simulator and without a challenge before it', async () => {
  const handler = await webhookHandler();
  const { status, stderr } = await trigger([
    ...['meeting.started', '--set', 'topic=Budget', '--forward-to', `${handler.port}/x`],
  ]);
  expect([status, handler.events.length, handler.challenges.length]).toEqual([0, 1, 0]);
  const [hooked] = handler.events;
  expect(JSON.parse(hooked?.body ?? '').payload.object.topic).toBe('Budget');
  expect(stderr).toMatch(/\[200\] POST http:\/\/127\.0\.0\.1:\d+\/x meeting\.started [0-9a-f]{16} \d+ ms/);
});

test('several are one line each, and one that is refused makes the status 1', async () => {
  const handler = await webhookHandler((_, response, nth) => {
    response.statusCode = nth === 2 ? 500 : 204;
    response.end('details');
  });
  const args = ['meeting.started', '--count', '3', '--forward-to', `${handler.port}`, '--forward-response'];
  const { status, stderr } = await trigger(args);
  expect(status).toBe(1);
  expect(stderr.match(/\[204\]/g)).toHaveLength(2);
  expect(stderr).toContain('[500]');
  expect(stderr).toContain('answer: "details"');
});

test('--age and --bad-signature are what they say', async () => {
  const handler = await webhookHandler();
  const to = ['--forward-to', `${handler.port}`];
  expect((await trigger(['meeting.started', '--age', '10m', ...to])).status).toBe(0);
  expect((await trigger(['meeting.started', '--bad-signature', ...to])).status).toBe(1);
  const [old, bad] = handler.events;
  const age = Date.now() / 1000 - Number(old?.headers['x-zm-request-timestamp']);
  expect(Math.round(age / 60)).toBe(10);
  expect(bad?.headers['x-zm-signature']).toMatch(/^v0=[0-9a-f]{64}$/);
  expect(bad && isSigned(bad)).toBe(false);
});

test('a challenge is judged by its answer', async () => {
  const right = await webhookHandler();
  const good = await trigger(['endpoint.url_validation', '--forward-to', `${right.port}`]);
  expect([good.status, right.challenges.length]).toEqual([0, 1]);
  expect(good.stderr).toContain('answered right');
  const wrong = await webhookHandler(undefined, { secret: 'another_secret_of_somebody' });
  const bad = await trigger(['endpoint.url_validation', '--forward-to', `${wrong.port}`]);
  expect(bad.status).toBe(1);
  expect(bad.stderr).toContain('another secret');
});

test('nobody there is 1, no secret is 2, and a fault goes to a simulator', async () => {
  const gone = await webhookHandler();
  await gone.close();
  const none = await trigger(['meeting.started', '--forward-to', `${gone.port}`]);
  expect(none.status).toBe(1);
  expect(none.stderr).toContain('[ECONNREFUSED]');
  expect((await runCli(['trigger', 'meeting.started', '--forward-to', '3000'])).status).toBe(2);
  expect((await trigger(['meeting.started', '--forward-to', '3000', '--fault', 'drop'])).status).toBe(2);
  expect((await trigger(['meeting.started', '--age', '1m'])).status).toBe(2);
});
