import { expect, onTestFinished, test } from 'vitest';
import { accountOf, FAULTLESS, openScene, type Scene, type SceneOptions } from '../../support/scene.ts';

const MINUTE = 60_000;

/** A client whose tokens last, so that nothing but the displacements happens. */
const open = async (options: SceneOptions): Promise<Scene> => {
  const scene = await openScene({ token: 'given', ...options });
  onTestFinished(scene.finish);
  await scene.flows();
  return scene;
};

const displace = (scene: Scene): void => {
  const [peer] = scene.zoom.live();
  if (!peer) throw new Error('nobody to displace');
  peer.isLive = false;
  peer.socket.close(1000, 'Connected in another place');
};

const isBack = (scene: Scene) => () => scene.zoom.live().length > 0 || scene.end() !== undefined;

/** Displaces, and answers with the time until the client is back, in minutes. */
const pauseAfter = async (scene: Scene): Promise<number> => {
  displace(scene);
  const at = scene.clock.monotonic();
  await scene.until(isBack(scene), 20 * MINUTE);
  return (scene.clock.monotonic() - at) / MINUTE;
};

test('"exit" ends at once, with what happened and what to do', async () => {
  const scene = await open({ onDisplaced: 'exit' });
  displace(scene);
  await scene.until(() => scene.end() !== undefined, 0);
  expect(scene.end()?.error).toMatchObject({
    code: 'displaced',
    message: expect.stringMatching(/Another client connected.*"Connected in another place"/),
    hint: expect.stringContaining('--on-displaced wait'),
  });
  expect(scene.zoom.counts.dials).toBe(1);
  expect(scene.lifecycle.slice(-3)).toEqual(['zoom_ws.displaced', 'zoom_ws.disconnected', 'zoom_ws.gap']);
});

test('"wait" comes back after 1, 2, 4, 8 and then every 15 minutes', async () => {
  const scene = await open({ onDisplaced: 'wait' });
  const pauses: number[] = [];
  for (let times = 0; times < 7; times += 1) {
    pauses.push(await pauseAfter(scene));
    await scene.flows();
  }
  expect(pauses).toEqual([1, 2, 4, 8, 15, 15, 15]);
  expect(scene.gaps).toHaveLength(7);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('"wait" begins again at one minute after an hour without a displacement, and not earlier', async () => {
  const scene = await open({ onDisplaced: 'wait' });
  for (let times = 0; times < 3; times += 1) await pauseAfter(scene);
  await scene.clock.advance(59 * MINUTE);
  expect(await pauseAfter(scene)).toBe(8);
  await scene.clock.advance(60 * MINUTE);
  expect(await pauseAfter(scene)).toBe(1);
});

test('"wait" can be stopped while it waits', async () => {
  const scene = await open({ onDisplaced: 'wait' });
  displace(scene);
  await scene.clock.advance(10_000);
  scene.stop();
  await scene.until(() => scene.end() !== undefined, 0);
  expect(scene.end()?.error).toBeUndefined();
  expect(scene.gaps.map(({ from, to }) => to - from)).toEqual([10_000]);
});

test('"reclaim" comes back at once three times in five minutes, and then gives up', async () => {
  const scene = await open({ onDisplaced: 'reclaim' });
  for (let times = 0; times < 3; times += 1) {
    expect(await pauseAfter(scene)).toBe(0);
    await scene.flows();
  }
  displace(scene);
  await scene.until(() => scene.end() !== undefined, 0);
  expect(scene.end()?.error).toMatchObject({ code: 'displaced', message: expect.stringContaining('3 times') });
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('"reclaim" goes on for ever where displacements are rare', async () => {
  const scene = await open({ onDisplaced: 'reclaim' });
  for (let times = 0; times < 12; times += 1) {
    expect(await pauseAfter(scene)).toBe(0);
    await scene.clock.advance(1.7 * MINUTE);
  }
  expect(scene.end()).toBeUndefined();
});

test('two clients that reclaim do not fight for ever: one gives up, the other stays', async () => {
  const one = await open({ onDisplaced: 'reclaim' });
  const two = await openScene({ token: 'given', onDisplaced: 'reclaim', beside: one });
  onTestFinished(two.finish);
  await one.until(() => one.end() !== undefined || two.end() !== undefined);
  await one.clock.advance(10 * MINUTE);
  expect([one.end()?.error, two.end()?.error].filter(Boolean)).toMatchObject([{ code: 'displaced' }]);
  expect(one.zoom.live()).toHaveLength(1);
  expect(one.zoom.counts.dials).toBeLessThanOrEqual(8);
});

test.each(['exit', 'wait', 'reclaim'] as const)(
  'refused with the words of a displacement counts as one: %s',
  async (onDisplaced) => {
    const scene = await open({ onDisplaced });
    scene.zoom.scripts.push(
      ...Array.from({ length: 9 }, () => ({
        opened: ({ socket }: { socket: { send(text: string): void } }) =>
          socket.send('{"module":"build_connection","success":false,"content":"Connected in another place"}'),
      })),
    );
    const [peer] = scene.zoom.live();
    if (peer) peer.isLive = false;
    peer?.wire.destroy();
    await scene.clock.advance(10 * MINUTE);
    const dials = { exit: 2, reclaim: 5, wait: 5 }[onDisplaced];
    expect(scene.zoom.counts.dials).toBe(dials);
  },
);
