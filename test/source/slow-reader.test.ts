import { expect, onTestFinished, test } from 'vitest';
import { createSlowReaderWatch } from '../../src/source/slow-reader.ts';
import { manualClock } from '../support/manual-clock.ts';
import { accountOf, FAULTLESS, openScene, type Scene } from '../support/scene.ts';

const BALLAST = 1_000_000;

const open = async (): Promise<Scene> => {
  const scene = await openScene({ token: 'given' });
  onTestFinished(scene.finish);
  await scene.flows();
  return scene;
};

const burst = (scene: Scene, megabytes: number): void => {
  for (let count = 0; count < megabytes; count += 1) scene.zoom.tick(BALLAST);
};

test('a burst that fits the buffer pauses nothing', async () => {
  const scene = await open();
  scene.reader.isReading = false;
  scene.zoom.tick(BALLAST / 10);
  await scene.clock.advance(5_000);
  expect(scene.kinds()).not.toContain('reader-slow');
  scene.reader.isReading = true;
  await scene.flows();
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('a pause of less than a second is not worth a word', async () => {
  const scene = await open();
  scene.reader.isReading = false;
  burst(scene, 12);
  await scene.clock.advance(900);
  scene.reader.isReading = true;
  await scene.flows();
  await scene.clock.advance(5_000);
  expect(scene.kinds()).not.toContain('reader-slow');
  expect(scene.kinds()).not.toContain('reader-caught-up');
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('beyond the buffer the socket is paused: the memory is bounded, heartbeats go on, nothing is lost', async () => {
  const scene = await open();
  const [peer] = scene.zoom.live();
  scene.reader.isReading = false;
  burst(scene, 40);
  await scene.until(() => scene.kinds().includes('reader-slow'));
  // What is not read stays at the sender, beyond what the buffers of the network hold.
  expect(peer?.socket.bufferedAmount).toBeGreaterThan(10 * BALLAST);
  await scene.clock.advance(600_000);
  expect(peer?.heartbeats).toBe(20);
  expect(scene.zoom.counts.dials).toBe(1);
  scene.reader.isReading = true;
  await scene.flows(600);
  await scene.clock.advance(1_000);
  expect(scene.notices.find(({ kind }) => kind === 'reader-caught-up')).toMatchObject({ ms: expect.any(Number) });
  expect(scene.gaps).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('a reader that is slow again and again loses nothing, and each time is told', async () => {
  const scene = await open();
  for (let times = 0; times < 3; times += 1) {
    scene.reader.isReading = false;
    burst(scene, 15);
    await scene.until(() => scene.kinds().filter((kind) => kind === 'reader-slow').length === times + 1);
    await scene.clock.advance(45_000);
    scene.reader.isReading = true;
    await scene.until(() => scene.kinds().filter((kind) => kind === 'reader-caught-up').length === times + 1);
  }
  await scene.flows();
  expect(scene.zoom.counts.dials).toBe(1);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('a reader that is a little too slow is told once, until it has caught up', async () => {
  const clock = manualClock();
  const notices: string[] = [];
  const watch = createSlowReaderWatch(clock, ({ kind }) => notices.push(kind));
  for (let times = 0; times < 50; times += 1) {
    watch.onFull();
    await clock.advance(200);
    watch.onRoom();
    await clock.advance(5);
  }
  expect(notices).toEqual(['reader-slow']);
  await clock.advance(1_000);
  expect(notices).toEqual(['reader-slow', 'reader-caught-up']);
  watch.onFull();
  await clock.advance(900);
  watch.onRoom();
  await clock.advance(5_000);
  expect(notices).toHaveLength(2);
});

test('stopping while paused ends in time', async () => {
  const scene = await open();
  scene.reader.isReading = false;
  burst(scene, 15);
  await scene.until(() => scene.kinds().includes('reader-slow'));
  scene.stop();
  scene.reader.isReading = true;
  await scene.until(() => scene.end() !== undefined, 5_000);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});
