import { expect, onTestFinished, test } from 'vitest';
import { accountOf, FAULTLESS, openScene, type Scene, type SceneOptions } from '../../support/scene.ts';

const open = async (options: SceneOptions = {}): Promise<Scene> => {
  const scene = await openScene({ subscriptions: ['one', 'two', 'three'], ...options });
  onTestFinished(scene.finish);
  await scene.until(() => scene.zoom.live().length === 3);
  await scene.flows();
  return scene;
};

const kill = (scene: Scene, subscription: string): void => {
  const peer = scene.zoom.live().find((one) => one.subscription === subscription);
  if (!peer) throw new Error(`${subscription} is not live`);
  peer.isLive = false;
  peer.wire.resetAndDestroy();
};

/** Everything that is dialled from now on is silent. */
const nothingAnswers = (scene: Scene): void => {
  scene.zoom.scripts.push(...Array.from({ length: 50 }, () => ({ wire: () => {} })));
};

test('brings every event of several subscriptions once, with one token', async () => {
  const scene = await open();
  await scene.flows(20);
  expect(scene.zoom.counts.tokenRequests).toBe(1);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('one that dies and comes back is no gap', async () => {
  const scene = await open();
  for (const one of ['one', 'two', 'three', 'one']) {
    kill(scene, one);
    await scene.flows();
    await scene.until(() => scene.zoom.live().length === 3);
  }
  expect(scene.gaps).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
  expect(scene.lifecycle.filter((type) => type === 'zoom_ws.disconnected')).toHaveLength(4);
});

test('all of them down is one gap, from the last one that lived to the first that is back', async () => {
  const scene = await open();
  const begun = scene.clock.now();
  nothingAnswers(scene);
  kill(scene, 'one');
  await scene.flows();
  kill(scene, 'two');
  await scene.flows();
  const lastSent = scene.zoom.stream.length;
  kill(scene, 'three');
  await scene.clock.advance(60_000);
  scene.zoom.scripts.length = 0;
  await scene.until(() => scene.zoom.live().length === 3);
  await scene.flows();
  expect(scene.gaps).toHaveLength(1);
  expect(scene.gaps[0]?.from).toBe(scene.zoom.stream[lastSent - 1]?.at);
  expect(begun).toBeLessThan(scene.gaps[0]?.from ?? 0);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('finds the gap behind one that was counted on, but dead', async () => {
  const scene = await openScene({ subscriptions: ['one', 'two'] });
  onTestFinished(scene.finish);
  await scene.until(() => scene.zoom.live().length === 2);
  await scene.flows();
  const [dead] = scene.zoom.live();
  if (!dead) return;
  // Half open from now on: for half a minute no one can know.
  dead.isLive = false;
  dead.socket.pause();
  await scene.flows();
  scene.zoom.scripts.push({ wire: (wire) => wire.destroy() }, { wire: (wire) => wire.destroy() });
  kill(scene, dead.subscription === 'one' ? 'two' : 'one');
  await scene.until(() => scene.kinds().includes('gap-found'));
  await scene.flows();
  expect(scene.gaps).toHaveLength(1);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('hands all of them over, with one token for all', async () => {
  const scene = await open({
    prepare: (zoom) => {
      zoom.tokenLife = 60;
    },
  });
  await scene.until(() => scene.kinds().filter((kind) => kind === 'handed-over').length === 9, 3_600_000);
  await scene.flows();
  expect(scene.zoom.counts.tokenRequests).toBe(4);
  expect(scene.gaps).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('goes on with the others when one is refused for good, and says so', async () => {
  const scene = await open();
  kill(scene, 'two');
  const refuse = { opened: ({ socket }: { socket: { close(code: number): void } }) => socket.close(1008) };
  scene.zoom.scripts.push(refuse, refuse, refuse);
  await scene.until(() => scene.kinds().includes('subscription-ended'));
  await scene.flows();
  expect(scene.zoom.live()).toHaveLength(2);
  expect(scene.gaps).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('one that is lost for good does not end the run while the others are only away', async () => {
  const scene = await open();
  kill(scene, 'one');
  kill(scene, 'two');
  const displaced = scene.zoom.live().at(-1);
  if (displaced) displaced.isLive = false;
  displaced?.socket.close(1000, 'Connected in another place');
  await scene.until(() => scene.kinds().includes('subscription-ended'));
  await scene.until(() => scene.zoom.live().length === 2);
  await scene.flows();
  expect(scene.gaps).toHaveLength(1);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('ends when the last one is displaced', async () => {
  const scene = await open();
  for (const one of ['one', 'two', 'three']) {
    const peer = scene.zoom.live().find(({ subscription }) => subscription === one);
    if (peer) peer.isLive = false;
    peer?.socket.close(1000, 'Connected in another place');
    await scene.clock.advance(5_000);
  }
  expect(scene.end()?.error).toMatchObject({ code: 'displaced' });
  expect(scene.kinds().filter((kind) => kind === 'subscription-ended')).toHaveLength(2);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('ends with the first refusal if nothing was ever accepted', async () => {
  const refuse = { opened: ({ socket }: { socket: { close(code: number): void } }) => socket.close(1008) };
  const scene = await openScene({
    subscriptions: ['one', 'two'],
    prepare: (zoom) => zoom.scripts.push(...Array.from({ length: 20 }, () => refuse)),
  });
  onTestFinished(scene.finish);
  await scene.until(() => scene.end() !== undefined);
  expect(scene.end()?.error).toMatchObject({ code: 'refused' });
  expect(scene.socket.wasReady()).toBe(false);
});
