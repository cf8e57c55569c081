import { expect, onTestFinished, test } from 'vitest';
import { accountOf, FAULTLESS, openScene, type Scene, type SceneOptions } from '../../support/scene.ts';
import { DISPLACED, type Peer } from '../../support/scripted-zoom.ts';

const WORDS = 'Connected in another place';

/** Tokens of a minute: handed over after 48 s. */
const handOverScene = async (options: SceneOptions = {}, tokenLife = 60): Promise<Scene> => {
  const scene = await openScene({
    ...options,
    prepare: (zoom) => {
      zoom.tokenLife = tokenLife;
    },
  });
  onTestFinished(scene.finish);
  await scene.flows();
  return scene;
};

const count = (scene: Scene, kind: string): number => scene.kinds().filter((one) => one === kind).length;

const handedOver = async (scene: Scene, times = 1): Promise<void> => {
  await scene.until(() => count(scene, 'handed-over') >= times || scene.end() !== undefined, 3_600_000);
  await scene.flows();
};

const TELL: Readonly<Record<string, (old: Peer) => void>> = {
  'a frame': (old) => old.socket.send(DISPLACED),
  'a close reason': (old) => old.socket.close(1000, WORDS),
  both: (old) => {
    old.socket.send(DISPLACED);
    old.socket.close(1000, WORDS);
  },
  'neither, closed with 1000': (old) => old.socket.close(1000),
  'neither, closed with 1001': (old) => old.socket.close(1001),
  'neither, closed with 1008': (old) => old.socket.close(1008),
  'neither, closed with 4000': (old) => old.socket.close(4000),
  'neither, cut': (old) => old.wire.end(),
};

const WHEN = {
  'before the new one is accepted': { oldFirst: true, apartMs: 300, gaps: 1 },
  'at the same moment, the old one first': { oldFirst: true, apartMs: 0, gaps: undefined },
  'at the same moment, the new one first': { oldFirst: false, apartMs: 0, gaps: 0 },
  'soon after': { oldFirst: false, apartMs: 500, gaps: 0 },
  'long after': { oldFirst: false, apartMs: 5_000, gaps: 0 },
  never: { oldFirst: false, apartMs: Number.POSITIVE_INFINITY, gaps: 0 },
} as const;

const ROUTES = ['both', 'the new one', 'the old one'] as const;

const successions = Object.entries(WHEN).flatMap(([when, rule]) =>
  Object.entries(TELL).flatMap(([how, tell]) => ROUTES.map((route) => ({ when, how, route, tell, ...rule }))),
);

test.each(successions)(
  'is no displacement and loses nothing: the old one is told $when, by $how; events go to $route',
  async ({ oldFirst, apartMs, tell, route, gaps }) => {
    const scene = await handOverScene();
    scene.zoom.succession = (old, accept) => {
      const letGo = () => {
        old.isLive = false;
        if (!old.isGone) tell(old);
      };
      const begin = () => {
        accept();
        const next = scene.zoom.peers.at(-1);
        if (!next || oldFirst) return;
        if (route === 'the new one') old.isLive = false;
        if (route === 'the old one') {
          next.isLive = false;
          old.socket.on('close', () => {
            next.isLive = true;
          });
        }
      };
      const [first, second] = oldFirst ? [letGo, begin] : [begin, letGo];
      first();
      if (apartMs === 0) second();
      else if (Number.isFinite(apartMs)) scene.clock.sleep(apartMs).then(second);
    };
    await handedOver(scene, 2);
    expect(scene.end()).toBeUndefined();
    expect(accountOf(scene)).toEqual(FAULTLESS);
    if (gaps === 0) expect(scene.gaps).toEqual([]);
    if (gaps === 1) expect(scene.gaps.map(({ from, to }) => to - from)).toEqual([300, 300]);
    expect(scene.lifecycle).not.toContain('zoom_ws.displaced');
  },
);

test('makes no gap where minting a token closes the old connection later than the new one is accepted', async () => {
  const scene = await handOverScene();
  scene.zoom.succession = (old, accept) => {
    accept();
    old.isLive = false;
    old.socket.close(1008, 'token is invalid');
  };
  await handedOver(scene, 3);
  expect(scene.gaps).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('reports the gap where minting a token closes the old connection at once', async () => {
  const scene = await handOverScene();
  const minted = (response: { end(text: string): void }) => {
    for (const peer of scene.zoom.live()) {
      peer.isLive = false;
      peer.socket.close(1008, 'token is invalid');
    }
    scene.clock.sleep(1_500).then(() => response.end('{"access_token":"next","expires_in":3600}'));
  };
  scene.zoom.tokenScripts.push((_, response) => minted(response));
  await handedOver(scene);
  expect(scene.gaps.map(({ from, to }) => to - from)).toEqual([1_500]);
  expect(scene.zoom.counts.tokenRequests).toBe(2);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('lets what is in flight on the old connection come first, and does not cut it off', async () => {
  const scene = await handOverScene();
  scene.zoom.succession = (old, accept) => {
    old.wire.cork();
    scene.zoom.tick();
    scene.zoom.tick();
    old.isLive = false;
    accept();
    scene.zoom.tick();
    scene.clock.sleep(900).then(() => old.wire.uncork());
  };
  await handedOver(scene);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('keeps the old connection while it still brings something, for five seconds at most', async () => {
  const scene = await handOverScene();
  let acceptedAt = 0;
  let closedAt = 0;
  scene.zoom.succession = (old, accept) => {
    accept();
    acceptedAt = scene.clock.now();
    old.socket.on('close', () => {
      closedAt = scene.clock.now();
    });
  };
  await handedOver(scene);
  expect(closedAt - acceptedAt).toBe(5_000);
});

test.each([3, 5, 12])('lives with tokens of %i seconds', async (life) => {
  const scene = await handOverScene({}, life);
  await handedOver(scene, 20);
  expect(scene.gaps).toEqual([]);
  expect(scene.received).toHaveLength(scene.zoom.stream.filter(({ sent }) => sent).length);
  expect(accountOf(scene)).toEqual(FAULTLESS);
  expect(scene.lifecycle).toEqual(['zoom_ws.connected']);
});

test('asks for the next token five minutes before an hour is over', async () => {
  const scene = await handOverScene({}, 3600);
  await scene.until(() => scene.zoom.counts.tokenRequests === 2, 3_600_000);
  expect(scene.clock.monotonic()).toBe(55 * 60_000);
});

test('repeats the attempt with growing pauses, and lets the old connection live as long as it does', async () => {
  const scene = await handOverScene();
  const refuse = { wire: (wire: { destroy(): void }) => wire.destroy() };
  scene.zoom.scripts.push(...Array.from({ length: 8 }, () => refuse));
  await handedOver(scene);
  const waits = scene.notices.flatMap((notice) => (notice.kind === 'hand-over-failed' ? [notice.waitMs] : []));
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(scene.gaps).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('goes on with the usual attempts if the old connection dies meanwhile', async () => {
  const scene = await handOverScene();
  const refuse = { wire: (wire: { destroy(): void }) => wire.destroy() };
  scene.zoom.scripts.push(refuse, refuse, refuse);
  await scene.until(() => count(scene, 'hand-over-failed') === 1);
  const [old] = scene.zoom.live();
  if (old) old.isLive = false;
  old?.socket.close(1008, 'token expired');
  await scene.until(() => scene.zoom.live().length > 0);
  await scene.flows();
  expect(scene.gaps).toHaveLength(1);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('asks for one more token, and not for a hundred, while new connections are refused', async () => {
  const scene = await handOverScene();
  const refuse = {
    opened: (peer: Peer) => peer.socket.send('{"module":"build_connection","success":false,"content":"Invalid Token"}'),
  };
  scene.zoom.scripts.push(...Array.from({ length: 10 }, () => refuse));
  await scene.until(() => count(scene, 'hand-over-failed') === 5);
  expect(scene.zoom.counts.tokenRequests).toBeLessThanOrEqual(4);
  expect(scene.end()).toBeUndefined();
});

test('waits as long as Retry-After says before the next attempt', async () => {
  const scene = await handOverScene();
  scene.zoom.tokenScripts.push((_, response) => response.writeHead(429, { 'retry-after': '17' }).end());
  await handedOver(scene);
  expect(scene.notices.find(({ kind }) => kind === 'hand-over-failed')).toMatchObject({ waitMs: 17_000 });
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('takes a displacement for one that came before any attempt to hand over', async () => {
  const scene = await handOverScene();
  // The token is being asked for: Zoom has seen no connection of ours yet.
  scene.zoom.tokenScripts.push((_, response) => {
    const [old] = scene.zoom.live();
    if (old) old.isLive = false;
    old?.socket.send(DISPLACED);
    scene.clock.sleep(2_000).then(() => response.end('{"access_token":"next","expires_in":3600}'));
  });
  await scene.until(() => scene.end() !== undefined);
  expect(scene.end()?.error).toMatchObject({ code: 'displaced' });
  expect(scene.zoom.counts.dials).toBe(1);
});

test('takes it for a displacement when another client takes the new connection', async () => {
  const scene = await handOverScene();
  await handedOver(scene);
  const [next] = scene.zoom.live();
  next?.socket.close(1000, WORDS);
  await scene.until(() => scene.end() !== undefined);
  expect(scene.end()?.error).toMatchObject({ code: 'displaced' });
});

test('stops cleanly in the middle of a hand-over', async () => {
  const scene = await handOverScene();
  scene.zoom.succession = (_, accept) => {
    accept();
    scene.zoom.tick();
    scene.stop();
  };
  await scene.until(() => scene.end() !== undefined, 3_600_000);
  expect(scene.end()?.error).toBeUndefined();
  expect(scene.zoom.live()).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test.each([
  [3, 250],
  [10, 250],
  [60, 250],
])('lets the old connection go before its token of %i s expires', async (life, aheadMs) => {
  const scene = await handOverScene({ tickMs: 100 }, life);
  const grantedAt = new Map<string, number>();
  const closedAt = new Map<string, number>();
  scene.zoom.succession = (old, accept) => {
    accept();
    old.socket.on('close', () => closedAt.set(old.token, scene.clock.monotonic()));
    const next = scene.zoom.peers.at(-1);
    if (next) grantedAt.set(next.token, scene.clock.monotonic());
  };
  await handedOver(scene, 4);
  const lives = [...closedAt].flatMap(([token, at]) =>
    grantedAt.has(token) ? [at - (grantedAt.get(token) ?? 0)] : [],
  );
  expect(lives.length).toBeGreaterThan(1);
  expect(Math.max(...lives)).toBeLessThanOrEqual(life * 1_000 - aheadMs + 50);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

const fallBehind = async (scene: Scene): Promise<void> => {
  scene.reader.isReading = false;
  for (let n = 0; n < 12; n += 1) scene.zoom.tick(1_000_000);
  await scene.until(() => scene.kinds().includes('reader-slow'));
};

test('does not dial while the reader is behind, and does as soon as it has caught up', async () => {
  const scene = await handOverScene({}, 3_600);
  await fallBehind(scene);
  await scene.clock.advance(56 * 60_000);
  expect(scene.zoom.counts).toMatchObject({ dials: 1, tokenRequests: 1 });
  scene.reader.isReading = true;
  await scene.clock.advance(5_000);
  expect(scene.zoom.counts).toMatchObject({ dials: 2, tokenRequests: 2 });
  await handedOver(scene);
  expect(scene.gaps).toEqual([]);
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

test('dials all the same once half of the margin is used up, and lets the old one go before its token expires', async () => {
  const scene = await handOverScene({}, 3_600);
  await fallBehind(scene);
  await scene.until(() => scene.zoom.counts.dials === 2, 3_600_000);
  expect(scene.clock.monotonic()).toBe(57.5 * 60_000);
  scene.zoom.succession = (_, accept) => accept();
  await scene.until(() => count(scene, 'handed-over') === 1, 3_600_000);
  expect(scene.clock.monotonic()).toBeLessThan(3_600_000);
  scene.reader.isReading = true;
  await scene.flows();
  expect(accountOf(scene)).toEqual(FAULTLESS);
});

const seamless = (scene: Scene) =>
  scene.notices.flatMap((notice) => (notice.kind === 'handed-over' ? [notice.isSeamless] : []));

test('says "without a gap" where there was none', async () => {
  const scene = await handOverScene();
  await handedOver(scene, 3);
  expect(seamless(scene)).toEqual([true, true, true]);
});

test('does not say "without a gap" where the old connection proves to have been dead', async () => {
  const scene = await handOverScene();
  const [old] = scene.zoom.live();
  if (old) old.isLive = false;
  old?.socket.pause();
  await scene.until(() => count(scene, 'handed-over') > 0 || scene.gaps.length > 0, 3_600_000);
  await handedOver(scene);
  expect(scene.gaps.length).toBeGreaterThan(0);
  expect(seamless(scene).slice(0, count(scene, 'gap-found'))).not.toContain(true);
});
