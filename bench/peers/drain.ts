// Reads everything and looks at nothing: how fast the server can be at most. Prints one line when all is there.
import { connect } from 'node:net';
import process from 'node:process';

const [port = '', expected = ''] = process.argv.slice(2);
let received = 0;
let startedAt = 0;
const socket = connect({
  port: Number(port),
  host: '127.0.0.1',
  onread: {
    buffer: Buffer.alloc(256 * 1024),
    callback: (bytes) => {
      startedAt ||= performance.now();
      received += bytes;
      if (received >= Number(expected)) {
        process.stdout.write(`${performance.now() - startedAt}\n`);
        socket.destroy();
      }
      return true;
    },
  },
});
socket.write(
  'GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
);
