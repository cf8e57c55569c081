import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/catalogue/index.ts';
import { type Account, accountOf, openScene, type Scene } from '../../support/scene.ts';
import { DISPLACED, type Peer, type Script } from '../../support/scripted-zoom.ts';

const HOUR_MS = 3_600_000;
/** Thirty days, or an afternoon. */
const FULL = process.env.ZOOM_WS_TRIALS === 'full';
const LENGTH_MS = FULL ? 30 * 24 * HOUR_MS : 6 * HOUR_MS;
const SEED = Number(process.env.ZOOM_WS_SEED ?? 20261122);
/** On average, from the end of one fault to the next. */
const BETWEEN_MS = 25 * 60_000;

const letGo = (peer: Peer | undefined, how: (peer: Peer) => void): void => {
  if (!peer) return;
  peer.isLive = false;
  how(peer);
};

type Fault = (scene: Scene, pick: (below: number) => number) => void | Promise<void>;

/** One of those that are live: with several subscriptions now this one, now that. */
const live = ({ zoom, clock }: Scene): Peer | undefined => {
  const subscriptions = new Set(zoom.live().map(({ subscription }) => subscription)).size;
  return zoom.live().at(-1 - (Math.floor(clock.monotonic()) % Math.max(1, subscriptions)));
};

const ATTEMPTS: readonly Script[] = [
  { wire: (wire) => wire.destroy() },
  { wire: (wire) => wire.resetAndDestroy() },
  { wire: () => {} },
  { upgrade: (wire) => wire.end('HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n') },
  { upgrade: (wire) => wire.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello') },
  { upgrade: () => {} },
  { opened: () => {} },
  { opened: ({ socket }) => socket.close(1011) },
];

const FAULTS: Readonly<Record<string, Fault>> = {
  reset: (scene) => letGo(live(scene), ({ wire }) => wire.resetAndDestroy()),
  fin: (scene) => letGo(live(scene), ({ wire }) => wire.end()),
  close: (scene, pick) => letGo(live(scene), ({ socket }) => socket.close([1000, 1001, 1011, 1012, 4000][pick(5)])),
  'policy violation': (scene) => letGo(live(scene), ({ socket }) => socket.close(1008, 'token is invalid')),
  'half open': (scene) => letGo(live(scene), ({ socket }) => socket.pause()),
  displaced: (scene) => letGo(live(scene), ({ socket }) => socket.send(DISPLACED)),
  outage: (scene, pick) => {
    for (let count = pick(12); count >= 0; count -= 1) scene.zoom.scripts.push(ATTEMPTS[pick(ATTEMPTS.length)] ?? {});
    letGo(live(scene), ({ wire }) => wire.resetAndDestroy());
  },
  'trouble at the next hand-over': (scene, pick) => {
    for (let count = pick(4); count >= 0; count -= 1) scene.zoom.scripts.push(ATTEMPTS[pick(ATTEMPTS.length)] ?? {});
  },
  'token trouble': (scene, pick) => {
    for (let count = pick(4); count >= 0; count -= 1) {
      scene.zoom.tokenScripts.push((_, response) => response.writeHead([429, 500, 503][pick(3)] ?? 500).end());
    }
  },
  'refused once': (scene) => {
    scene.zoom.scripts.push({
      opened: ({ socket }) => socket.send('{"module":"build_connection","success":false,"content":"expired"}'),
    });
    letGo(live(scene), ({ wire }) => wire.end());
  },
  'broken frames': (scene, pick) => {
    const peer = live(scene);
    if (peer) scene.zoom.say(peer, ['not JSON', '{"module":"message"}', '{"module":"weather"}', '[]'][pick(4)] ?? '');
  },
  'a suspended machine, a dead connection': (scene, pick) => {
    letGo(live(scene), ({ socket }) => socket.pause());
    scene.clock.suspend(pick(4 * HOUR_MS));
  },
  'a suspended machine, a living connection': (scene, pick) => scene.clock.suspend(pick(120_000)),
  'a stopped process': (scene, pick) => scene.clock.freeze(pick(HOUR_MS / 2)),
  'a stepped clock': (scene, pick) => scene.clock.step(pick(2 * HOUR_MS) - HOUR_MS),
  'a slow reader': async (scene, pick) => {
    scene.reader.isReading = false;
    for (let count = 0; count < 10; count += 1) scene.zoom.tick(1_000_000);
    await scene.clock.advance(pick(300_000));
    scene.reader.isReading = true;
  },
};

/** How Zoom lets the old connection go when the new one has been accepted. */
const SUCCESSIONS: readonly ((old: Peer) => void)[] = [
  (old) => letGo(old, ({ socket }) => socket.close(1000, 'Connected in another place')),
  (old) => letGo(old, ({ socket }) => socket.send(DISPLACED)),
  (old) => letGo(old, ({ socket }) => socket.close(1008)),
  (old) => letGo(old, ({ wire }) => wire.end()),
  () => {},
];

const heapMb = (): number => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

test(`lives through ${LENGTH_MS / HOUR_MS} hours of token rollovers and random faults (seed ${SEED})`, {
  timeout: FULL ? 3_600_000 : 60_000,
}, async () => {
  const random = seededRandom(SEED);
  const pick = (below: number) => Math.floor(random() * below);
  const scene = await openScene({ onDisplaced: 'wait', tickMs: 10_000, random });
  const total = { lost: 0, repeated: 0, unexplained: 0 };
  const figures = { events: 0, inGaps: 0, gaps: 0, gapMs: 0, handOvers: 0, faults: 0 };
  const heap: number[] = [];
  scene.zoom.succession = (old, accept) => {
    accept();
    SUCCESSIONS[pick(SUCCESSIONS.length)]?.(old);
  };
  const add = (account: Account) => {
    total.lost += account.lost.length;
    total.repeated += account.repeated.length;
    total.unexplained += account.unexplained.length;
    // The last event was counted when it was the latest.
    const fresh = scene.zoom.stream.slice(figures.events === 0 ? 0 : 1);
    figures.events += fresh.length;
    figures.inGaps += fresh.filter(({ sent }) => !sent).length;
    figures.gaps += scene.gaps.length;
    figures.gapMs += scene.gaps.reduce((sum, { from, to }) => sum + to - from, 0);
    figures.handOvers += scene.kinds().filter((kind) => kind === 'handed-over').length;
  };
  await scene.flows();
  const names = Object.keys(FAULTS);
  while (scene.clock.monotonic() < LENGTH_MS) {
    const name = names[pick(names.length)] ?? '';
    await FAULTS[name]?.(scene, pick);
    figures.faults += 1;
    // Long enough for a dead connection to be found, and for the longest pause after a displacement.
    await scene.clock.advance(60_000 + pick(2 * BETWEEN_MS));
    await scene.until(() => scene.zoom.live().length > 0, 2 * HOUR_MS);
    await scene.flows();
    expect(scene.end()).toBeUndefined();
    const account = accountOf(scene);
    if (Object.values(account).some(({ length }) => length > 0)) console.log(`after ${name}:`, account, scene.gaps);
    add(account);
    scene.forget();
    heap.push(heapMb());
  }
  const { gaps: reported, gapMs: reportedMs } = scene.socket.totals();
  await scene.finish();
  const settled = heap[Math.floor(heap.length / 4)] ?? 0;
  const last = heap.at(-1) ?? 0;
  console.log(
    `soak: ${(LENGTH_MS / HOUR_MS / 24).toFixed(2)} days, seed ${SEED}: ${figures.events} events, ${figures.faults} faults, ${figures.handOvers} hand-overs; ` +
      `${figures.gaps} gaps of ${Math.round(figures.gapMs / 1000)} s, ${figures.inGaps} events inside them; ` +
      `${total.lost} lost, ${total.repeated} repeated, ${total.unexplained} unexplained; heap ${settled.toFixed(1)} → ${last.toFixed(1)} MB`,
  );
  expect(total).toEqual({ lost: 0, repeated: 0, unexplained: 0 });
  expect({ gaps: figures.gaps, gapMs: figures.gapMs }).toEqual({ gaps: reported, gapMs: reportedMs });
  expect(figures.handOvers).toBeGreaterThan(LENGTH_MS / HOUR_MS / 2);
  expect(last - settled).toBeLessThan(8);
});

/** How many minutes of the clock the run at speed takes: 60 are meant. */
const MINUTES = Number(process.env.ZOOM_WS_SOAK_MINUTES ?? (FULL ? 60 : 6));
const SUBSCRIPTIONS = ['one', 'two', 'three', 'four', 'five'];

/** What ends a connection in the middle of a standstill. */
const ENDS: readonly ((peer: Peer) => void)[] = [
  ({ wire }) => wire.end(),
  ({ wire }) => wire.resetAndDestroy(),
  ({ socket }) => socket.close(1001),
  ({ socket }) => socket.close(1008),
  ({ socket }) => socket.pause(),
];

/** The process stands still; meanwhile events are sent, some connections end, and then timers fire before anything is read. */
const standStill = ({ clock, zoom }: Scene, pick: (below: number) => number): void => {
  const ms = [10_000, 20_000, 60_000][pick(3)] ?? 0;
  const share = pick(5);
  for (let step = 0; step < 20; step += 1) {
    clock.freeze(ms / 20);
    zoom.tick();
    if (step === 10)
      for (const peer of zoom.live()) if (pick(4) < share) letGo(peer, ENDS[pick(ENDS.length)] ?? (() => {}));
  }
  clock.thaw();
};

const AT_SPEED: Readonly<Record<string, Fault>> = {
  ...FAULTS,
  // Whether an event lies in a gap is told by the wall clock, so that must not be stepped while there is one.
  'a stepped clock': () => {},
  'a suspended machine, a dead connection': (scene, pick) => {
    letGo(live(scene), ({ socket }) => socket.pause());
    scene.clock.suspend(pick(60_000));
  },
  'a stopped process': standStill,
  'a stopped process in the middle of a hand-over': (scene, pick) => {
    const { succession } = scene.zoom;
    scene.zoom.succession = (old, accept) => {
      scene.zoom.succession = succession;
      succession(old, accept);
      standStill(scene, pick);
    };
  },
  'a stopped process before an answer': (scene, pick) => {
    scene.zoom.scripts.push({
      opened: (peer) =>
        scene.clock.sleep(pick(2_000)).then(() => {
          scene.zoom.accept(peer);
          standStill(scene, pick);
        }),
    });
  },
  'all at once': (scene, pick) => {
    const how = ENDS[pick(ENDS.length)];
    for (const peer of scene.zoom.live()) letGo(peer, how ?? (() => {}));
  },
  'all at once, and nothing can be had for a while': (scene, pick) => {
    for (let count = pick(40); count >= 0; count -= 1) scene.zoom.scripts.push(ATTEMPTS[pick(ATTEMPTS.length)] ?? {});
    for (const peer of scene.zoom.live()) letGo(peer, ({ wire }) => wire.resetAndDestroy());
  },
};

test(`${MINUTES} minutes at speed: every event sent to an accepted connection comes once, or lies in a gap (seed ${SEED})`, {
  timeout: 60_000 + MINUTES * 30_000,
}, async () => {
  const random = seededRandom(SEED);
  const pick = (below: number) => Math.floor(random() * below);
  const scene = await openScene({
    subscriptions: SUBSCRIPTIONS,
    onDisplaced: 'wait',
    tickMs: 500,
    random,
    prepare: (zoom) => {
      zoom.tokenLife = 10;
    },
  });
  scene.zoom.succession = (old, accept) => {
    accept();
    SUCCESSIONS[pick(SUCCESSIONS.length)]?.(old);
  };
  await scene.flows();
  const names = Object.keys(AT_SPEED);
  let faults = 0;
  for (; scene.clock.monotonic() < MINUTES * 60_000 || faults < names.length; faults += 1) {
    // Each in its turn first, and then at random.
    const name = names[faults < names.length ? faults : pick(names.length)] ?? '';
    await AT_SPEED[name]?.(scene, pick);
    await scene.clock.advance(2_000 + pick(30_000));
    expect(scene.end()).toBeUndefined();
  }
  // Until every dead connection is found, and the longest pause is over.
  await scene.clock.advance(20 * 60_000);
  await scene.flows();
  await scene.finish();

  const first = scene.zoom.stream.findIndex(({ sent }) => sent);
  const promised = scene.zoom.stream.slice(first);
  const arrived = new Set(scene.received);
  const isInGap = (at: number) => scene.gaps.some(({ from, to }) => from <= at && at <= to);
  const missing = promised.filter(({ n }) => !arrived.has(n));
  const inGaps = missing.filter(({ at }) => isInGap(at)).length;
  const handOvers = scene.kinds().filter((kind) => kind === 'handed-over').length;
  console.log(
    `soak at speed: ${MINUTES} minutes, ${SUBSCRIPTIONS.length} subscriptions, seed ${SEED}: ${promised.length} events, ${faults} faults, ` +
      `${handOvers} hand-overs, ${scene.gaps.length} gaps; ${missing.length} events did not come, ${inGaps} of them inside gaps`,
  );
  expect(missing.filter(({ at }) => !isInGap(at))).toEqual([]);
  expect(scene.received.length).toBe(arrived.size);
  // A gap that swallowed everything would explain everything.
  expect(inGaps).toBeLessThan(promised.length / 4);
  expect(handOvers).toBeGreaterThan(MINUTES * 5);
});
