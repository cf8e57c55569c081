import { expect, onTestFinished, test } from 'vitest';
import { accountOf, FAULTLESS, openScene, type Scene, type SceneOptions } from '../../support/scene.ts';
import type { Script, ScriptedZoom } from '../../support/scripted-zoom.ts';

const DESTROY: Script = { wire: (wire) => wire.destroy() };

const always = (script: Script) => (zoom: ScriptedZoom) =>
  void zoom.scripts.push(...Array.from({ length: 500 }, () => script));

const open = async (options: SceneOptions): Promise<Scene> => {
  const scene = await openScene(options);
  onTestFinished(scene.finish);
  return scene;
};

const waits = (scene: Scene): number[] =>
  scene.notices.flatMap((notice) => (notice.kind === 'retrying' ? [notice.waitMs] : []));

const ended = (scene: Scene) => () => scene.end() !== undefined;

const cut = (scene: Scene): void => {
  for (const peer of scene.zoom.live()) {
    peer.isLive = false;
    peer.wire.resetAndDestroy();
  }
};

test.each([
  [undefined, 11],
  [10, 11],
  [3, 4],
  [1, 2],
  [0, 1],
])('gives up before the first connection: --max-retries %s is %i attempts', async (maxRetries, dials) => {
  const scene = await open({ maxRetries, prepare: always(DESTROY) });
  await scene.until(ended(scene), 3_600_000);
  expect(scene.end()?.error).toMatchObject({ code: 'unreachable', message: expect.stringMatching(/^Gave up/) });
  expect(scene.zoom.counts.dials).toBe(dials);
});

test('counts token requests too', async () => {
  const scene = await open({
    maxRetries: 4,
    prepare: (zoom) => {
      zoom.tokenScripts.push(
        ...Array.from(
          { length: 50 },
          () => (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(500).end(),
        ),
      );
    },
  });
  await scene.until(ended(scene), 3_600_000);
  expect(scene.zoom.counts).toMatchObject({ tokenRequests: 5, dials: 0 });
});

test('an answer that is not of Zoom at all is given up after the retries, too', async () => {
  const scene = await open({
    maxRetries: 2,
    prepare: (zoom) => {
      zoom.tokenScripts.push(
        ...Array.from(
          { length: 50 },
          () => (_: unknown, response: { end(text: string): void }) => response.end('<html>Please log in</html>'),
        ),
      );
    },
  });
  await scene.until(ended(scene), 3_600_000);
  expect(scene.end()?.error).toMatchObject({ code: 'not-zoom' });
  expect(scene.zoom.counts.tokenRequests).toBe(3);
});

test('never gives up after the first connection, unless told how often', async () => {
  const scene = await open({});
  await scene.flows();
  always(DESTROY)(scene.zoom);
  cut(scene);
  await scene.clock.advance(3_600_000);
  expect(scene.zoom.counts.dials).toBeGreaterThan(100);
  scene.zoom.scripts.length = 0;
  await scene.flows();
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test.each([0, 2])('a given number holds after the first connection too: %i', async (maxRetries) => {
  const scene = await open({ maxRetries });
  await scene.flows();
  always(DESTROY)(scene.zoom);
  cut(scene);
  await scene.until(ended(scene));
  expect(scene.end()?.error).toMatchObject({ code: 'unreachable' });
  expect(scene.zoom.counts.dials).toBe(1 + maxRetries);
});

test('waits up to 1, 2, 4, 8, 16 and then 30 seconds, and at least a quarter of one', async () => {
  const [most, least] = [
    await open({ prepare: always(DESTROY), random: () => 1 }),
    await open({ prepare: always(DESTROY), random: () => 0 }),
  ];
  await most.until(ended(most), 3_600_000);
  await least.until(ended(least), 3_600_000);
  expect(waits(most)).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30, 30].map((seconds) => seconds * 1000));
  expect(waits(least)).toEqual(Array.from({ length: 10 }, () => 250));
});

test('does not hammer a server that accepts and closes at once', async () => {
  const scene = await open({
    random: () => 1,
    prepare: (zoom) => {
      const acceptAndClose: Script = {
        opened: (peer) => {
          zoom.accept(peer);
          peer.isLive = false;
          peer.socket.close(1011);
        },
      };
      always(acceptAndClose)(zoom);
    },
  });
  await scene.clock.advance(600_000);
  expect(waits(scene).slice(0, 7)).toEqual([1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1000));
  expect(scene.zoom.counts.dials).toBeLessThan(30);
});

test('counts from the start again after a minute of health, and not before', async () => {
  const scene = await open({ random: () => 1 });
  const livesFor = async (ms: number) => {
    await scene.until(() => scene.zoom.live().length > 0);
    await scene.clock.advance(ms);
    cut(scene);
    await scene.until(() => scene.zoom.live().length > 0);
  };
  for (const ms of [5_000, 59_000, 58_000, 61_000, 10_000]) await livesFor(ms);
  expect(waits(scene)).toEqual([1_000, 2_000, 4_000, 1_000, 2_000]);
});

test.each([
  ['seconds', '42', 42_000],
  ['an HTTP date', 'Sun, 22 Nov 2026 01:43:00 GMT', 60_000],
  ['an ISO instant, as Zoom sends with daily limits', '2026-11-22T02:00:00Z', 18 * 60_000],
])('Retry-After wins: %s', async (_, value, waitMs) => {
  const scene = await open({
    prepare: (zoom) =>
      void zoom.scripts.push({
        upgrade: (wire) => wire.end(`HTTP/1.1 503 Busy\r\nRetry-After: ${value}\r\nContent-Length: 0\r\n\r\n`),
      }),
  });
  await scene.until(() => scene.zoom.live().length > 0, 3_600_000);
  expect(waits(scene)).toEqual([waitMs]);
});

const busy = (headers: string): Script => ({
  upgrade: (wire) => wire.end(`HTTP/1.1 503 Busy\r\n${headers}Content-Length: 0\r\n\r\n`),
});

test('Retry-After never makes a pause shorter than our own', async () => {
  const scene = await open({
    random: () => 1,
    prepare: (zoom) => void zoom.scripts.push(...Array(3).fill(busy('Retry-After: 1\r\n'))),
  });
  await scene.flows();
  expect(waits(scene)).toEqual([1_000, 2_000, 4_000]);
});

test("Retry-After as a date counts by the server's clock", async () => {
  const headers = 'Date: Sun, 22 Nov 2026 09:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 09:00:20 GMT\r\n';
  const scene = await open({ prepare: (zoom) => void zoom.scripts.push(busy(headers)) });
  await scene.flows();
  expect(waits(scene)).toEqual([20_000]);
});

test('Retry-After is kept for an hour at most, and that is said', async () => {
  const scene = await open({ prepare: (zoom) => void zoom.scripts.push(busy('Retry-After: 80000\r\n')) });
  await scene.until(() => scene.zoom.live().length > 0, 2 * 3_600_000);
  expect(waits(scene)).toEqual([3_600_000]);
  expect(scene.notices).toContainEqual({
    kind: 'asked-to-wait',
    subscription: 'one',
    askedMs: 80_000_000,
    waitMs: 3_600_000,
  });
});

test.each(['soon', '-5', 'in 5', '0x10', '1e99', 'tomorrow 1'])(
  'Retry-After that says nothing is left alone: %s',
  async (value) => {
    const scene = await open({
      random: () => 1,
      prepare: (zoom) =>
        void zoom.scripts.push({
          upgrade: (wire) => wire.end(`HTTP/1.1 503 Busy\r\nRetry-After: ${value}\r\nContent-Length: 0\r\n\r\n`),
        }),
    });
    await scene.flows();
    expect(waits(scene)).toEqual([1_000]);
  },
);

test('warns after five minutes of failure, and then at growing intervals', async () => {
  const scene = await open({ random: () => 1 });
  await scene.flows();
  always(DESTROY)(scene.zoom);
  cut(scene);
  await scene.clock.advance(70 * 60_000);
  const minutes = scene.notices.flatMap((notice) =>
    notice.kind === 'failing-long' ? [Math.floor(notice.ms / 60_000)] : [],
  );
  expect(minutes).toEqual([5, 10, 20, 40]);
});

test('warns in time while it waits as long as Zoom said', async () => {
  const scene = await open({
    prepare: (zoom) =>
      void zoom.scripts.push({
        upgrade: (wire) => wire.end('HTTP/1.1 429 Busy\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n'),
      }),
  });
  await scene.clock.advance(3_590_000);
  const minutes = scene.notices.flatMap((notice) => (notice.kind === 'failing-long' ? [notice.ms / 60_000] : []));
  expect(minutes).toEqual([5, 10, 20, 40]);
  expect(scene.zoom.counts.dials).toBe(1);
});

test('asks for one fresh token after a refusal, and gives up after the second', async () => {
  const refuse: Script = {
    opened: ({ socket }) => socket.send('{"module":"build_connection","success":false,"content":"Invalid Token"}'),
  };
  const scene = await open({ prepare: always(refuse) });
  await scene.until(ended(scene));
  expect(scene.end()?.error).toMatchObject({ code: 'refused', message: expect.stringContaining('"Invalid Token"') });
  expect(scene.zoom.counts).toMatchObject({ tokens: 2, dials: 2 });
});

test('gives a refused token of the user up at once, and says where it came from', async () => {
  const refuse: Script = {
    opened: ({ socket }) => socket.send('{"module":"build_connection","success":false,"content":"Token is invalid"}'),
  };
  const scene = await open({ token: 'mine', prepare: always(refuse) });
  await scene.until(ended(scene));
  expect(scene.end()?.error).toMatchObject({ code: 'refused', message: expect.stringContaining('came from the test') });
  expect(scene.zoom.counts.dials).toBe(1);
});

test('tries a fresh token again whenever a connection had been accepted in between', async () => {
  const scene = await open({});
  const refuse: Script = { opened: ({ socket }) => socket.close(1008) };
  for (let times = 0; times < 4; times += 1) {
    await scene.flows();
    scene.zoom.scripts.push(refuse);
    cut(scene);
    await scene.until(() => scene.zoom.live().length > 0);
  }
  expect(scene.end()).toBeUndefined();
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('a name that does not resolve is a failure like any other', async () => {
  const scene = await open({ maxRetries: 1, url: 'ws://zoom-ws.invalid/ws' });
  await scene.until(ended(scene));
  expect(scene.end()?.error).toMatchObject({ code: 'unreachable' });
});
