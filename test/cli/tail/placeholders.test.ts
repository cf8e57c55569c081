import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from '../../support/run-cli.ts';
import { startZoom, tail } from '../../support/zoom.ts';

/** As somebody leaves a template. */
const template = {
  ZOOM_ACCOUNT_ID: '<account-id>',
  ZOOM_CLIENT_ID: 'your_client_id',
  ZOOM_CLIENT_SECRET: 'changeme',
  ZOOM_SUBSCRIPTION_ID: '"stray-quote',
} as const;

test('tells all placeholders at once, before anything is sent', async () => {
  const { status, stdout, stderr } = await runCli(['tail'], { env: template });
  expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: '' });
  for (const what of ['account id', 'client id', 'client secret']) {
    expect(stderr).toMatch(new RegExp(`The ${what} \\(.*in the environment\\) is still a placeholder`));
  }
  expect(stderr).toMatch(/subscription id \(ZOOM_SUBSCRIPTION_ID in the environment\) has a quote/);
});

test('sees a placeholder in the file of a secret too', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'secret'), 'your_client_secret\n');
  const args = ['tail', '--client-secret-file', 'secret', '--client-id', 'id', '--subscription-id', 'sub'];
  const { status, stderr } = await runCli(args, { cwd });
  expect(status).toBe(2);
  expect(stderr).toMatch(/The client secret \(--client-secret-file\) is still a placeholder/);
});

test('does not look at what is not used', async () => {
  const zoom = await startZoom();
  const { ZOOM_WS_URL, ZOOM_SUBSCRIPTION_ID } = zoom.settings;
  const env = { ...template, ZOOM_WS_URL, ZOOM_SUBSCRIPTION_ID, ZOOM_ACCESS_TOKEN: 'no-good-token' };
  expect((await tail(zoom, [], { env }).done).status).toBe(3);
  for (const [command, ...args] of [
    ['tail', '--demo', '-n', '1', '-q'],
    ['events', 'meeting.started'],
    ['replay', '-'],
    ['stats', '-'],
    ['simulate', '--count', '1', '--port', 'x'],
  ] as const) {
    const { stderr } = await runCli([command, ...args], { env: template, input: '' });
    expect(stderr).not.toContain('placeholder');
  }
});

test('lets a real id pass that happens to contain one', async () => {
  const zoom = await startZoom();
  const env = { ZOOM_CLIENT_ID: 'Xy7changeme-Q2w3e4r5t6y' };
  expect((await tail(zoom, [], { env }).done).status).toBe(3);
});
