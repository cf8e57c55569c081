// What a published sample does: print each frame.
import process from 'node:process';
import WebSocket from 'ws';

const socket = new WebSocket(process.argv[2] ?? '');
socket.on('message', (data) => {
  console.log(String(data));
});
