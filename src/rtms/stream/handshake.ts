import type { LinkEnd } from '../../link/dial.ts';
import type { Message } from '../wire/message.ts';
import { type Refusal, refusalOf } from '../wire/refusal.ts';
import { openSocket, type RtmsSocket, type SocketEars, type SocketWorld } from './socket.ts';

/** An answer must come within this time; Zoom documents none, its samples wait ten seconds. */
const ANSWER_MS = 10_000;

/** How an attempt to connect ended. */
export type Handshake =
  | { readonly kind: 'accepted'; readonly socket: RtmsSocket; readonly answer: Message | undefined }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Closed with 1000 before any answer: usually the secret of another app. */
  | { readonly kind: 'turned-away' }
  | { readonly kind: 'failed'; readonly why: string; readonly advice?: string | undefined }
  | { readonly kind: 'stopped' };

export type HandshakeParts = SocketEars & {
  readonly url: string;
  readonly world: SocketWorld;
  readonly request: object;
  /** The number of the answer. */
  readonly answerType: number;
  /** Whether an answer without a status accepts, and whether another message does (data before the answer). */
  readonly accepts: (message: Message) => boolean;
  readonly signal: AbortSignal;
};

/** Opens a socket, sends the request and waits for the answer. A socket that is not accepted is closed. */
export const shakeHands = async (parts: HandshakeParts): Promise<Handshake> => {
  const { url, world, request, answerType, signal } = parts;
  if (signal.aborted) return { kind: 'stopped' };
  let settle: (outcome: Handshake) => void = () => {};
  const outcome = new Promise<Handshake>((resolve) => {
    settle = resolve;
  });
  let socket: RtmsSocket | undefined;
  let isSettled = false;
  const answered = (message: Message): void => {
    if (isSettled || !socket) return;
    const isAnswer = message.type === answerType;
    const accepts = parts.accepts(message);
    if (!isAnswer && !accepts) return;
    isSettled = true;
    const refusal = isAnswer ? refusalOf(message.fields, accepts) : undefined;
    settle(
      refusal ? { kind: 'refused', refusal } : { kind: 'accepted', socket, answer: isAnswer ? message : undefined },
    );
  };
  socket = await openSocket(url, world, {
    onRaw: parts.onRaw,
    onMessage(message, data) {
      answered(message);
      parts.onMessage(message, data);
    },
  });
  const mine = socket;
  mine.opened.then(() => mine.send(request));
  mine.closed.then((end) => settle(afterClose(end)));
  const done = new AbortController();
  const stop = () => settle({ kind: 'stopped' });
  signal.addEventListener('abort', stop);
  world.clock.sleep(ANSWER_MS, done.signal).then(
    () => settle({ kind: 'failed', why: `no answer within ${ANSWER_MS / 1000} s` }),
    () => {},
  );
  const result = await outcome;
  done.abort();
  signal.removeEventListener('abort', stop);
  isSettled = true;
  if (result.kind !== 'accepted') mine.close();
  return result;
};

const afterClose = ({ code, reason, status, failure, advice }: LinkEnd): Handshake => {
  if (code === 1000) return { kind: 'turned-away' };
  if (status !== undefined) return { kind: 'failed', why: `the server answered HTTP ${status}` };
  return { kind: 'failed', why: failure ?? closeWords(code, reason), advice };
};

/** `closed with 1006`, and the reason where one was given. */
export const closeWords = (code: number, reason: string): string =>
  `the connection was closed (${code}${reason === '' ? '' : `, "${reason}"`})`;
