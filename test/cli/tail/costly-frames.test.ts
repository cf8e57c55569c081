import { expect, onTestFinished, test } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { startCli } from '../../support/run-cli.ts';
import { ACCEPTED, type Peer, scriptedZoom } from '../../support/scripted-zoom.ts';

/** A frame of this size, read with a heap of at most ten times as much. */
const MIB = 24;
const SIZE = MIB * 1024 * 1024;

const event = (payload: string) => `{"event":"a.b","payload":${payload}}`;

test.each<[string, string]>([
  ['brackets that open and close', '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2)],
  ['brackets without an end', '['.repeat(SIZE)],
  [
    'an event of brackets',
    JSON.stringify({ module: 'message', content: event(`${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2)}`) }),
  ],
  ['an event of small arrays', JSON.stringify({ module: 'message', content: event(`[${'[],'.repeat(SIZE / 3)}0]`) })],
])('one frame costs no more than ten times its size: %s', { timeout: 60_000 }, async (_, frame) => {
  const zoom = await scriptedZoom(manualClock());
  onTestFinished(zoom.close);
  zoom.scripts.push({
    opened: ({ socket }: Peer) => {
      socket.send(ACCEPTED);
      socket.send(frame);
      socket.send('{"event":"last.one","payload":{}}');
    },
  });
  const run = startCli(['tail', '-n', '1', '-o', 'pretty', '--event', 'last', '--where', 'a[].b!=1'], {
    env: {
      ZOOM_ACCESS_TOKEN: 'a-token-of-the-test',
      ZOOM_SUBSCRIPTION_ID: 'one',
      ZOOM_WS_URL: zoom.url,
      NODE_OPTIONS: `--max-old-space-size=${MIB * 10}`,
    },
  });
  const { status, stdout, stderr } = await run.done;
  expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: expect.stringContaining('last.one') });
  expect(stderr).toContain('too many brackets, or nested too deeply');
});
