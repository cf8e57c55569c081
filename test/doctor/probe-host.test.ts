import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { probeHost } from '../../src/doctor/probe-host.ts';
import { closeAll, connectProxy } from '../support/doctor-world.ts';
import { manualClock } from '../support/manual-clock.ts';

const wires = new Set<Socket>();
let server: Server;

/** A server that takes connections and never says a word; `heard` resolves with the first bytes of a client. */
const mute = async () => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const heard = new Promise<void>((resolve) => {
    server.on('connection', (wire) => {
      wires.add(wire);
      wire.on('error', () => {});
      wire.once('data', () => resolve());
    });
  });
  return { port: (server.address() as AddressInfo).port, heard };
};

afterEach(async () => {
  for (const wire of wires) wire.destroy();
  wires.clear();
  await closeAll();
  await new Promise((resolve) => server.close(resolve));
});

test.each(['directly', 'through a proxy'])('says that TLS hangs, %s', async (way) => {
  const { port, heard } = await mute();
  const clock = manualClock();
  const proxy = way === 'directly' ? undefined : (await connectProxy(200, port)).url;
  const probing = probeHost(new URL(`https://127.0.0.1:${port}`), proxy, clock, new AbortController().signal);
  await heard;
  await clock.advance(10_000);
  expect(await probing).toMatchObject({ ok: false, step: 'TLS', why: 'no answer within 10 s' });
  expect(clock.sleepers()).toBe(0);
});

test.each(['directly', 'through a proxy'])('lets go of everything when it is interrupted, %s', async (way) => {
  const { port, heard } = await mute();
  const stop = new AbortController();
  const proxy = way === 'directly' ? undefined : (await connectProxy(200, port)).url;
  const probing = probeHost(new URL(`wss://127.0.0.1:${port}/ws`), proxy, manualClock(), stop.signal);
  const outcome = expect(probing).rejects.toThrow('stopped');
  await heard;
  const closed = Promise.all([...wires].map((wire) => once(wire, 'close')));
  stop.abort(new Error('stopped'));
  await outcome;
  await closed;
});

test('a proxy that never answers is named', async () => {
  const { port, heard } = await mute();
  const clock = manualClock();
  const probing = probeHost(
    new URL('https://zoom-ws-test.invalid'),
    `http://127.0.0.1:${port}`,
    clock,
    new AbortController().signal,
  );
  await heard;
  await clock.advance(10_000);
  expect(await probing).toMatchObject({ ok: false, step: 'proxy', why: 'no answer within 10 s' });
});
