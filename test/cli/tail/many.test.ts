import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { BIN, CHILD_ENV, emptyFolder, startCli } from '../../support/run-cli.ts';
import { scriptedZoom } from '../../support/scripted-zoom.ts';

test('ten subscriptions and their hand-overs draw no warning from Node', async () => {
  const zoom = await scriptedZoom(manualClock());
  onTestFinished(zoom.close);
  zoom.tokenLife = 1;
  const ids = Array.from({ length: 10 }, (_, index) => `Subscription${index}`);
  const run = startCli(['tail', '-v', '--heartbeat', '200ms', ...ids.flatMap((id) => ['--subscription-id', id])], {
    env: {
      ZOOM_CLIENT_ID: 'an-id',
      ZOOM_CLIENT_SECRET: 'a-hidden-one',
      ZOOM_WS_URL: zoom.url,
      ZOOM_OAUTH_URL: zoom.oauthUrl,
    },
  });
  await expect
    .poll(() => run.stderr().match(/handed over to a new connection/g)?.length ?? 0, { timeout: 30_000 })
    .toBeGreaterThan(20);
  run.child.kill('SIGTERM');
  const { status, stderr } = await run.done;
  expect(status).toBe(0);
  expect(stderr).not.toMatch(/MaxListeners|\(node:/);
});

test.skipIf(process.platform === 'win32')(
  'a limit of open files is explained, wherever it is met, and is no bug',
  () => {
    const tried = Array.from({ length: 8 }, (_, index) => {
      const shell = `ulimit -n ${17 + index}; '${process.execPath}' '${BIN}' tail --demo --for 300ms --max-retries 0`;
      const { stderr } = spawnSync('sh', ['-c', shell], { env: CHILD_ENV, cwd: emptyFolder(), encoding: 'utf8' });
      return stderr;
    });
    expect(tried.filter((text) => /this is a bug/i.test(text))).toEqual([]);
    expect(tried.some((text) => /EMFILE[\s\S]*hint: Too many files .* raise the limit \(ulimit -n/.test(text))).toBe(
      true,
    );
  },
);
