import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBlock } from '../block.ts';
import { BLOCK, eventTexts, FRAME_ENDS, frameText } from '../events.ts';
import { monotonicMicros } from '../monotonic.ts';

/** How many events to send, and how fast: all that the client takes, or so many a second with the time in each. */
export type Plan = { readonly count: number; readonly perSecond: number | undefined };

const ACCEPTED = '{"module":"build_connection","success":true,"content":"accepted","header":{}}';

const frames = createBlock(eventTexts().map(frameText), FRAME_ENDS, (body) => ({
  before: frameHeader(body.length),
  after: Buffer.alloc(0),
}));

/** Accepts the connection and sends the plan's events. Leaves the connection open, and ends early if it closes. */
export const sendEvents = async (socket: Socket, { count, perSecond }: Plan): Promise<void> => {
  socket.write(Buffer.concat([frameHeader(Buffer.byteLength(ACCEPTED)), Buffer.from(ACCEPTED)]));
  try {
    await (perSecond === undefined ? flood(socket, count) : pace(socket, count, perSecond));
  } catch (error) {
    if (!socket.destroyed) throw error;
  }
};

const flood = async (socket: Socket, count: number): Promise<void> => {
  for (let sent = 0; sent < count && !socket.destroyed; sent += BLOCK) {
    frames.stamp(sent, 1, 0);
    const end = frames.at(Math.min(BLOCK, count - sent));
    // The block is written over next: it must have left first.
    if (!socket.write(frames.bytes.subarray(0, end))) await drained(socket);
  }
};

const pace = async (socket: Socket, count: number, perSecond: number): Promise<void> => {
  const start = performance.now();
  for (let sent = 0; sent < count && !socket.destroyed; ) {
    const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * perSecond));
    while (sent < due) {
      const first = sent % BLOCK;
      const last = Math.min(BLOCK, first + due - sent);
      frames.stamp(sent - first, 1, monotonicMicros(), first, last);
      socket.write(Buffer.from(frames.bytes.subarray(frames.at(first), frames.at(last))));
      sent += last - first;
    }
    await sleep(1);
  }
};

const drained = async (socket: Socket): Promise<void> => {
  const closed = new AbortController();
  const onClose = () => closed.abort();
  socket.once('close', onClose);
  try {
    await once(socket, 'drain', { signal: closed.signal });
  } finally {
    socket.off('close', onClose);
  }
};

/** The header of an unmasked text frame (RFC 6455, 5.2). */
function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  return Buffer.from([0x81, 126, length >> 8, length & 0xff]);
}
