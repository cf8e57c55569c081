// The practical ceiling: deflate off, one parse of the frame, the content written as it is, one joined write per turn,
// and a pause while the reader is behind. It checks nothing and never reconnects.
import process from 'node:process';
import WebSocket from 'ws';

const socket = new WebSocket(process.argv[2] ?? '', { perMessageDeflate: false });
let waiting = '';

const flush = (): void => {
  const text = waiting;
  waiting = '';
  if (process.stdout.write(text)) return;
  socket.pause();
  process.stdout.once('drain', () => socket.resume());
};

socket.on('message', (data) => {
  const frame = JSON.parse(String(data)) as { module: string; content: string };
  if (frame.module !== 'message') return;
  if (waiting === '') queueMicrotask(flush);
  waiting += `${frame.content}\n`;
});
