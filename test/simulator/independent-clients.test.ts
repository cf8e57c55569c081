// Clients that are not ours, and none at all: whoever speaks Zoom's protocol can use the simulator.
import { spawn } from 'node:child_process';
import { connect as connectTcp, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { fetchToken, socketUrl } from '../support/socket-client.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

const start = async () => {
  running = await startSimulator({ clock: systemClock, random: Math.random });
  return running;
};

const WSCAT = fileURLToPath(new URL('../../node_modules/wscat/bin/wscat', import.meta.url));

test('wscat connects, has its heartbeat answered, and prints the events', async () => {
  const simulator = await start();
  const url = socketUrl(simulator, await fetchToken(simulator));
  const child = spawn(process.execPath, [WSCAT, '--no-color', '-c', url, '-x', '{"module":"heartbeat"}', '-w', '60']);
  try {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    await expect.poll(() => printed, { timeout: 20_000 }).toContain('"module":"heartbeat","success":true');
    simulator.send({ event: 'meeting.started' });
    await expect.poll(() => printed, { timeout: 20_000 }).toContain(String.raw`{\"event\":\"meeting.started\"}`);
    expect(printed).toContain('"module":"build_connection","success":true');
  } finally {
    child.kill();
  }
});

/** A socket, and the bytes that have come. */
const openTcp = (simulator: Simulator): { wire: Socket; bytes: () => Buffer } => {
  const wire = connectTcp(Number(new URL(simulator.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  wire.on('data', (chunk) => chunks.push(chunk));
  wire.on('error', () => {});
  return { wire, bytes: () => Buffer.concat(chunks) };
};

/** The frame of RFC 6455 section 5.2 that a client sends: masked. */
const masked = (opcode: number, payload: Buffer): Buffer => {
  const mask = Buffer.from([1, 2, 3, 4]);
  const body = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length]), mask, body]);
};

test('a hand-made client of RFC 6455 is greeted, heard, sent to and let go', async () => {
  const simulator = await start();
  const { wire, bytes } = openTcp(simulator);
  const path = new URL(socketUrl(simulator, await fetchToken(simulator)));
  wire.write(
    [
      `GET ${path.pathname}${path.search} HTTP/1.1`,
      'host: localhost',
      'upgrade: WebSocket',
      'connection: keep-alive, Upgrade',
      'sec-websocket-version: 13',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  );
  // The key and the answer to it are the example of RFC 6455 section 1.3.
  await expect.poll(() => bytes().toString('latin1')).toMatch(/^HTTP\/1\.1 101 [\s\S]*s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
  await expect.poll(() => bytes().toString()).toContain('"module":"build_connection"');
  wire.write(masked(0x1, Buffer.from('{"module":"heartbeat"}')));
  await expect.poll(() => bytes().toString()).toContain('"module":"heartbeat"');
  simulator.send({ event: 'x' });
  await expect.poll(() => bytes().toString()).toContain('"module":"message"');
  // Unmasked, one fragment, text: the first byte of each of the three frames is 0x81.
  const frames = bytes().subarray(bytes().indexOf('\r\n\r\n') + 4);
  expect([frames[0], frames[2]]).toEqual([0x81, '{'.charCodeAt(0)]);
  wire.write(masked(0x8, Buffer.from([0x03, 0xe8])));
  await new Promise((resolve) => wire.once('end', resolve));
  expect(bytes().subarray(-4)).toEqual(Buffer.from([0x88, 0x02, 0x03, 0xe8]));
  await expect.poll(() => simulator.heard.closes).toMatchObject([{ code: 1000 }]);
});
