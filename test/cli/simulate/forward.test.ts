import { expect, onTestFinished, test, vi } from 'vitest';
import { startCli } from '../../support/run-cli.ts';
import { SOON } from '../../support/soon.ts';
import { isSigned, webhookHandler } from '../../support/webhook-handler.ts';
import { WEBHOOK_SECRET } from '../../support/zoom-webhook.ts';

const env = { ZOOM_WEBHOOK_SECRET_TOKEN: WEBHOOK_SECRET };

const simulate = (args: readonly string[], options: Parameters<typeof startCli>[1] = { env }) => {
  const run = startCli(['simulate', '--port', '0', '--rate', '50/s', ...args], options);
  onTestFinished(() => void run.child.kill('SIGKILL'));
  return run;
};

test('after a right answer to the challenge each event is posted, and a given secret is not printed', async () => {
  const handler = await webhookHandler();
  const run = simulate(['--count', '10', '--forward-to', `${handler.port}/hook`]);
  await vi.waitUntil(() => handler.events.length === 10, SOON);
  expect(handler.challenges).toHaveLength(1);
  expect(handler.events.every((hooked) => isSigned(hooked) && hooked.url === '/hook')).toBe(true);
  expect(handler.events.every(({ headers }) => headers['x-zm-request-id'] !== undefined)).toBe(true);
  expect(run.stdout() + run.stderr()).not.toContain(WEBHOOK_SECRET);
});

test('without a secret one is made up and exported', async () => {
  const handler = await webhookHandler(undefined, { secret: 'simulated_secret_token' });
  const run = simulate(['--forward-to', `${handler.port}`], {});
  await run.waitFor('stdout', /export ZOOM_WEBHOOK_SECRET_TOKEN=simulated_secret_token\n/);
  await vi.waitUntil(() => handler.events.length > 2, SOON);
  expect(handler.events.every((hooked) => isSigned(hooked, 'simulated_secret_token'))).toBe(true);
});

test('no event is posted before the challenge is answered right, and that is said once', async () => {
  const handler = await webhookHandler(undefined, { secret: 'another_secret_of_somebody' });
  const run = simulate(['--forward-to', `${handler.port}`]);
  await vi.waitUntil(() => handler.challenges.length === 2, SOON);
  expect(handler.events).toEqual([]);
  expect(run.stderr().match(/another secret/g)).toHaveLength(1);
});

test('503 and silence are tried again after --webhook-retries, 404 is final, 201 counts on a retry only', async () => {
  const answers = [503, 201, 404, 201, 201];
  const handler = await webhookHandler((_, response, nth) => {
    response.statusCode = answers[nth - 1] ?? 200;
    response.end();
  });
  simulate(['--count', '3', '--rate', '1/s', '--webhook-retries', '10ms,10ms', '--forward-to', `${handler.port}`]);
  await vi.waitUntil(() => handler.events.length === 5, SOON);
  const [first, again, refused, third, thirdAgain] = handler.events.map(({ body }) => body);
  expect(again).toBe(first);
  expect(thirdAgain).toBe(third);
  expect(new Set([first, refused, third]).size).toBe(3);
});

test.each([
  ['bad-signature', (hooked: Parameters<typeof isSigned>[0]) => !isSigned(hooked)],
  ['unsigned', ({ headers }: Parameters<typeof isSigned>[0]) => headers['x-zm-signature'] === undefined],
  [
    'stale',
    (hooked: Parameters<typeof isSigned>[0]) =>
      isSigned(hooked) && Date.now() / 1000 - Number(hooked.headers['x-zm-request-timestamp']) > 86_000,
  ],
  ['slow-body', (hooked: Parameters<typeof isSigned>[0]) => isSigned(hooked)],
])('the fault %s spoils events, not the challenge', async (fault, isSpoilt) => {
  const handler = await webhookHandler((_, response) => response.end());
  simulate(['--count', '2', '--fault', fault, '--forward-to', `${handler.port}`]);
  await vi.waitUntil(() => handler.events.length >= 2, SOON);
  expect(handler.events.every(isSpoilt)).toBe(true);
});

test('the same event is posted twice while the fault duplicate is on', async () => {
  const handler = await webhookHandler((_, response) => response.end());
  simulate(['--rate', '5/s', '--fault', 'duplicate:10ms', '--forward-to', `${handler.port}`]);
  await vi.waitUntil(() => handler.events.length >= 10, SOON);
  const bodies = handler.events.map(({ body }) => body);
  expect(bodies.some((body) => bodies.filter((other) => other === body).length === 2)).toBe(true);
});
