import { expect, onTestFinished, test } from 'vitest';
import type { Arrival } from '../../../src/event/arrival.ts';
import { Secret } from '../../../src/secret.ts';
import { type Connection, openConnection } from '../../../src/source/zoom-socket/connection.ts';
import type { Ending } from '../../../src/source/zoom-socket/ending.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { ACCEPTED, DISPLACED, numbered, type Peer, scriptedZoom } from '../../support/scripted-zoom.ts';

const MIB = 1024 * 1024;

/** One connection to a scripted Zoom; `opened` is what that does instead of accepting it. */
const connect = async (opened?: (peer: Peer, clock: ManualClock) => void) => {
  const clock = manualClock();
  const zoom = await scriptedZoom(clock);
  onTestFinished(zoom.close);
  if (opened) zoom.scripts.push({ opened: (peer) => opened(peer, clock) });
  const arrivals: Arrival[] = [];
  const accepted: Connection[] = [];
  const roundTrips: number[] = [];
  let outcome: 'accepted' | Ending | undefined;
  let ending: Ending | undefined;
  const connection = await openConnection(new Secret(`${zoom.url}?subscriptionId=one&access_token=t`), {
    subscription: 'one',
    proxy: undefined,
    emit: (arrival) => arrivals.push(arrival),
    onAccepted: (one) => accepted.push(one),
    onHeartbeat: (ms) => roundTrips.push(ms),
    inbox: { attach: () => () => {} },
    heartbeat: { everyMs: 30_000, timeoutMs: 10_000 },
    wantsFrames: false,
    showsFrames: false,
    clock,
    notify: () => clock.poke(),
    mask: (text) => text,
  });
  connection.outcome.then((value) => {
    outcome = value;
    clock.poke();
  });
  connection.ended.then((value) => {
    ending = value;
    clock.poke();
  });
  await clock.until(() => zoom.peers.length > 0, 1_000);
  const [peer] = zoom.peers;
  if (!peer) throw new Error('nobody came');
  return {
    ...{ clock, zoom, connection, arrivals, accepted, roundTrips, peer },
    outcome: () => outcome,
    ending: () => ending,
    until: (holds: () => boolean) => clock.until(holds, 120_000),
  };
};

test('is not accepted by the opening of the socket, and is by what Zoom says', async () => {
  const { clock, zoom, peer, accepted, outcome } = await connect(() => {});
  await clock.advance(10_000);
  expect([outcome(), accepted]).toEqual([undefined, []]);
  zoom.accept(peer);
  await clock.advance(0);
  expect(outcome()).toBe('accepted');
  expect(accepted).toHaveLength(1);
});

test('is accepted once, however often Zoom says so', async () => {
  const { clock, zoom, peer, accepted } = await connect();
  zoom.say(peer, ACCEPTED);
  zoom.say(peer, ACCEPTED);
  await clock.advance(100);
  expect(accepted).toHaveLength(1);
});

test.each<[string, (peer: Peer) => void, Partial<Ending>]>([
  [
    'refused',
    ({ socket }: Peer) => socket.send('{"module":"build_connection","success":false,"content":"no"}'),
    { kind: 'refused', words: 'no' },
  ],
  [
    'displaced',
    ({ socket }: Peer) => socket.send(DISPLACED),
    { kind: 'displaced', words: 'Connected in another place' },
  ],
  ['cut', ({ wire }: Peer) => wire.destroy(), { kind: 'lost', code: 1006 }],
  ['silent for 15 s', () => {}, { kind: 'lost', reason: 'no answer to the connection within 15 s' }],
])('ends with why, where it is %s before it is accepted', async (_, opened, expected) => {
  const { until, outcome, ending, accepted } = await connect(opened);
  await until(() => ending() !== undefined);
  expect(outcome()).toMatchObject(expected);
  expect(ending()).toBe(outcome());
  expect(accepted).toEqual([]);
});

test('takes an acceptance that waited while the process stood still, though the deadline is over', async () => {
  const { clock, outcome } = await connect((peer, clock) => {
    peer.socket.send(ACCEPTED);
    clock.freeze(40_000);
    clock.thaw();
  });
  await clock.advance(100);
  expect(outcome()).toBe('accepted');
});

const FLOODS: Readonly<Record<string, (peer: Peer) => void>> = {
  'events of a kilobyte': ({ socket }) => socket.send(numbered(1, 1_000)),
  'events of a megabyte': ({ socket }) => socket.send(numbered(1, MIB)),
  'malformed frames': ({ socket }) => socket.send('{'),
  'frames of an unknown module': ({ socket }) => socket.send(`{"module":"weather","content":"${'x'.repeat(1_000)}"}`),
  'heartbeats nobody asked for': ({ socket }) => socket.send('{"module":"heartbeat"}'),
  pings: ({ socket }) => socket.ping('x'.repeat(120)),
  'one frame without an end': ({ socket }) => socket.send('x'.repeat(MIB), { fin: false }),
};

test.each(Object.entries(FLOODS))(
  'ends a connection that sends %s before it answers, at 16 MiB',
  async (name, flood) => {
    let isGone = false;
    const { until, ending, connection, arrivals } = await connect((peer) => {
      peer.socket.on('close', () => {
        isGone = true;
      });
      const pour = () => {
        if (isGone) return;
        for (let count = 0; count < 200 && peer.wire.writableLength < MIB; count += 1) flood(peer);
        setImmediate(pour);
      };
      pour();
    });
    await until(() => ending() !== undefined);
    const reason = 'a flood of frames before the answer to the connection';
    // Pings that are not paid attention to are too many for `ws` even sooner.
    expect(ending()).toMatchObject({ kind: 'lost', ...(name !== 'pings' && { reason }) });
    expect(connection.bytesRead()).toBeLessThan(18 * MIB);
    expect(arrivals.length).toBeLessThan(17 * 1024);
  },
);

test('takes as much as comes once it is accepted', async () => {
  const { clock, zoom, until, arrivals, ending } = await connect();
  await until(() => zoom.live().length > 0);
  for (let n = 0; n < 20; n += 1) zoom.tick(MIB);
  await until(() => arrivals.length === 20);
  await clock.advance(100);
  expect(ending()).toBeUndefined();
});

test('says how long each heartbeat took to be answered', async () => {
  const { clock, zoom, peer, roundTrips } = await connect();
  await clock.advance(31_000);
  expect(roundTrips).toEqual([0]);
  zoom.answersHeartbeats = false;
  peer.socket.on('message', () => {
    clock.sleep(700).then(() => zoom.say(peer, '{"module":"heartbeat","success":true,"content":"live"}'));
  });
  await clock.advance(31_000);
  expect(roundTrips).toEqual([0, 700]);
});

test('still takes what is in flight when it is retired, also after a standstill', async () => {
  const { clock, zoom, peer, until, connection, arrivals, ending } = await connect();
  await until(() => zoom.live().length > 0);
  peer.socket.pause();
  connection.retire();
  await clock.advance(500);
  zoom.tick();
  zoom.tick();
  clock.freeze(20_000);
  clock.thaw();
  peer.socket.resume();
  await until(() => ending() !== undefined);
  expect(arrivals).toHaveLength(2);
  expect(ending()).toEqual({ kind: 'asked' });
});

test('is cut two seconds after it was retired, if nothing answers', async () => {
  const { clock, zoom, peer, until, connection, ending } = await connect();
  await until(() => zoom.live().length > 0);
  peer.socket.pause();
  connection.retire();
  const at = clock.monotonic();
  await until(() => ending() !== undefined);
  expect(clock.monotonic() - at).toBe(2_050);
});

test('ends four seconds after a close frame, if the other side leaves the connection open, and lived until the frame', async () => {
  const { clock, zoom, peer, until, connection, ending } = await connect();
  await until(() => zoom.live().length > 0);
  // A close frame with 1001, and then nothing.
  peer.wire.pause();
  peer.wire.write(Buffer.from([0x88, 2, 0x03, 0xe9]));
  const at = clock.monotonic();
  await until(() => ending() !== undefined);
  expect(ending()).toMatchObject({ kind: 'lost', code: 1001 });
  expect(clock.monotonic() - at).toBe(4_000);
  expect(connection.silentMs()).toBe(4_000);
});
