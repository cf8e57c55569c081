import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../../time/clock.ts';
import { type Fields, MESSAGE, readFields } from './wire.ts';

/** One connection of a client, signalling or media. */
export type Line = {
  send(message: Fields): void;
  /** Says goodbye with 1000, after what was sent. */
  close(): void;
  /** Ends it without a close frame. */
  cut(): void;
  /** Says nothing more and hears nothing more; TCP stays open. */
  freeze(): void;
  /** Bytes that were sent and have not left yet. */
  backlog(): number;
  readonly gone: AbortSignal;
  /** What is wrong with what it gets; set once the stream is known. */
  dress: ReadonlySet<string>;
};

export type Ears = {
  /** Told of each message but the answers to keep-alives; undefined for what is no JSON object. */
  onMessage(message: Fields | undefined): void;
  /** Three keep-alives in a row went unanswered. */
  onUnanswered(): void;
};

/** [Zoom, "Failover and reconnection"] */
const KEEP_ALIVE_MS = 10_000;
const MOST_UNANSWERED = 3;
/** One odd message after this many. */
const ODD_EVERY = 5;

const MALFORMED: readonly string[] = ['{"msg_type":17,"content":{"da', 'not json', '[]', '{"msg_type":"x"}', '{}'];
const UNKNOWN: Fields = { msg_type: 77, content: { note: 'from a later version' } };

/** Listens to a socket that has just opened, and asks every ten seconds whether anybody is there. */
export const openLine = (socket: WebSocket, wire: Socket, clock: Clock, ears: Ears): Line => {
  const gone = new AbortController();
  let isFrozen = false;
  let unanswered = 0;
  let sent = 0;

  const write = (text: string, isBinary: boolean): void => {
    if (!isFrozen && socket.readyState === socket.OPEN) socket.send(text, { binary: isBinary });
  };
  const line: Line = {
    dress: new Set(),
    gone: gone.signal,
    send(message) {
      const { dress } = line;
      write(JSON.stringify(message), dress.has('binary'));
      sent += 1;
      if (sent % ODD_EVERY !== 0) return;
      if (dress.has('malformed')) write(MALFORMED[(sent / ODD_EVERY) % MALFORMED.length] ?? '', false);
      if (dress.has('unknown')) write(JSON.stringify(UNKNOWN), false);
    },
    close: () => socket.close(1000),
    cut() {
      // TLS sockets have no reset of their own.
      if ('encrypted' in wire) wire.destroy();
      else wire.resetAndDestroy();
    },
    freeze() {
      isFrozen = true;
      socket.pause();
    },
    backlog: () => socket.bufferedAmount,
  };
  socket.on('message', (data: RawData) => {
    const message = readFields(String(data));
    unanswered = 0;
    if (message?.msg_type !== MESSAGE.keepAliveAnswer) ears.onMessage(message);
  });
  // `close` follows.
  socket.on('error', () => {});
  socket.on('close', () => gone.abort());

  const ask = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(KEEP_ALIVE_MS, gone.signal);
      if (isFrozen) continue;
      if (unanswered >= MOST_UNANSWERED) return ears.onUnanswered();
      unanswered += 1;
      line.send({ msg_type: MESSAGE.keepAlive, timestamp: clock.now() });
    }
  };
  // It ends with the connection.
  ask().catch(() => {});
  return line;
};
