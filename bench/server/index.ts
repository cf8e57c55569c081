// The other side, in a process of its own: a token endpoint and an event socket that send precomputed frames.
// Told what to send over IPC; says on IPC where it listens.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import process from 'node:process';
import { type Plan, sendEvents } from './send-events.ts';

/** RFC 6455, 1.3. */
const HANDSHAKE_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** RFC 6455, 5.5.1: final, opcode 8, two bytes, the code 1000. */
const CLOSE_FRAME = Buffer.of(0x88, 2, 0x03, 0xe8);

let plan: Plan = { count: 0, perSecond: undefined };

const server = createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end('{"access_token":"bench","token_type":"bearer","expires_in":3600,"scope":""}');
});
server.on('upgrade', (request, socket: Socket) => {
  const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}${HANDSHAKE_KEY}`).digest('base64');
  socket.on('error', () => socket.destroy());
  // Heartbeats need no answer here: any byte received counts as a sign of life. A close frame does.
  socket.on('data', (bytes: Buffer) => {
    if (bytes[0] === CLOSE_FRAME[0]) socket.end(CLOSE_FRAME);
  });
  socket.setNoDelay(true);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
  );
  void sendEvents(socket, plan);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message: Plan) => {
  plan = message;
  process.send?.({ ready: true });
});
process.on('disconnect', () => process.exit());
