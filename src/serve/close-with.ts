import type { Socket } from 'node:net';
import type { Clock } from '../time/clock.ts';

const WORDS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Payload Too Large',
  431: 'Request Header Fields Too Large',
};

/** What a client may still send before its connection is closed: at once, it would be reset and lose the answer. */
const LINGER_MS = 1_000;

/** Answers where the request cannot be read to its end, and closes the connection. */
export const closeWith = (wire: Socket, status: number, clock: Pick<Clock, 'sleep'>): void => {
  if (!wire.writable || wire.destroyed) return;
  wire.end(`HTTP/1.1 ${status} ${WORDS[status] ?? 'Error'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  const gone = new AbortController();
  wire.once('close', () => gone.abort());
  clock.sleep(LINGER_MS, gone.signal).then(
    () => wire.destroy(),
    () => {},
  );
};
