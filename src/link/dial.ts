import type { IncomingMessage } from 'node:http';
import type { ClientOptions } from 'ws';
import { reasonOf } from '../errors.ts';
import { LARGEST_FRAME } from '../event/largest-frame.ts';
import { connectThrough, ProxyRefused } from '../http/connect-through.ts';
import { networkAdvice, proxyAdvice } from '../http/network-advice.ts';
import { onOneLine } from '../http/on-one-line.ts';
import type { RetryAfter } from '../http/retry-after.ts';
import { through } from '../http/send.ts';
import type { Secret } from '../secret.ts';

/** How long a connection may stay once either side has begun to close it. */
const LINGER_MS = 4_000;
/** The longest timer. */
const NO_DEADLINE_MS = 2 ** 31 - 1;

/** One socket, from the moment it is dialled. */
export type Link = {
  /** Resolves once the upgrade is done; never rejects, and never resolves if it fails. */
  readonly opened: Promise<void>;
  /** Resolves when the other side has begun to close: nothing follows. Never, where it did not or we began. */
  readonly closing: Promise<void>;
  /** Resolves when the socket is gone, however that came about. */
  readonly closed: Promise<LinkEnd>;
  /** Sends a text frame; does nothing if the socket is not open. */
  send(text: string): void;
  /** Stops and starts reading from the network. */
  pause(): void;
  resume(): void;
  /** Begins the closing handshake with 1000. */
  close(): void;
  /** Cuts the connection. */
  terminate(): void;
  /** Bytes received since the upgrade: it grows as long as the other side lives, also inside a long frame. */
  bytesRead(): number;
};

export type LinkEnd = {
  /** RFC 6455's close code; 1006 where there was no close frame. */
  readonly code: number;
  readonly reason: string;
  /** The HTTP status, where the upgrade was refused. */
  readonly status: number | undefined;
  readonly retryAfter: RetryAfter | undefined;
  /** What failed, in words, where it was the network. */
  readonly failure?: string | undefined;
  readonly advice?: string | undefined;
};

/** Told of each frame's payload, which need not be valid UTF-8, and whether it came as a binary one. */
export type OnFrame = (payload: Buffer, isBinary: boolean) => void;

export type DialOptions = {
  /** A larger frame ends the connection (1009). In bytes. */
  readonly largestFrame?: number | undefined;
  /** Certificate authorities in PEM that are trusted besides Node's own. */
  readonly ca?: string | undefined;
  /** Told that something was read from the network, after what it held: frames whole or not, pings too. */
  readonly onRead?: () => void;
  /**
   * Whether the caller ends what is being closed. The timer for that fires after a standstill of the process before what
   * waits is read, which would then be lost.
   */
  readonly hasOwnDeadline?: boolean;
};

/**
 * Dials a URL. Every listener is attached before it returns, because frames can come in the packet of the handshake.
 * `proxy` is the URL of an HTTP proxy, to be asked with CONNECT. The only importer of `ws`.
 */
export const dial = async (
  url: Secret,
  proxy: string | undefined,
  onFrame: OnFrame,
  { largestFrame = LARGEST_FRAME, ca, onRead, hasOwnDeadline = false }: DialOptions = {},
): Promise<Link> => {
  const left = new AbortController();
  const { protocol } = new URL(url.reveal());
  const createConnection = proxy && (await connectThrough(proxy, protocol === 'wss:', left.signal));
  const { default: WebSocket } = await loadSocket();
  const socket = new WebSocket(url.reveal(), {
    ...(createConnection && { createConnection }),
    perMessageDeflate: false,
    // One bad character must not cost the connection: it becomes U+FFFD here, and is reported.
    skipUTF8Validation: true,
    maxPayload: largestFrame,
    ...(ca !== undefined && { ca: [...(await import('node:tls')).rootCertificates, ca] }),
    closeTimeout: hasOwnDeadline ? NO_DEADLINE_MS : LINGER_MS,
  } as unknown as ClientOptions);

  let refused: IncomingMessage | undefined;
  let failure: unknown;
  let transport: IncomingMessage['socket'] | undefined;

  let beginsToClose = () => {};
  const closing = new Promise<void>((resolve) => {
    beginsToClose = resolve;
  });
  let isOurClose = false;
  // There is no event for the other side's close frame; the state tells, as soon as it was read.
  const look = (): void => {
    if (socket.readyState === WebSocket.CLOSING && !isOurClose) beginsToClose();
  };

  socket.on('message', onFrame);
  socket.on('upgrade', (response) => {
    transport = response.socket;
  });
  let isOpen = false;
  socket.on('error', (error) => {
    failure ??= error;
    if (isOpen) look();
  });
  const opened = new Promise<void>((resolve) => {
    socket.on('open', () => {
      isOpen = true;
      // Behind the listener of `ws`: what it makes of the bytes has happened already.
      transport?.on('data', () => {
        look();
        onRead?.();
      });
      resolve();
    });
  });
  const closed = new Promise<LinkEnd>((resolve) => {
    socket.on('unexpected-response', (_request, response) => {
      refused = response;
      response.resume();
      socket.terminate();
    });
    socket.on('close', (code, reason) => {
      // Gives up a proxy that is still being asked.
      left.abort();
      const error = refused ? undefined : failure;
      resolve({
        code,
        reason: onOneLine(reason.toString()),
        status: refused?.statusCode,
        retryAfter: refused && { value: refused.headers['retry-after'], date: refused.headers.date },
        ...(error === undefined ? undefined : explained(error, transport ? undefined : proxy)),
      });
    });
  });

  return {
    opened,
    closing,
    closed,
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    // A socket that was closed before it opened has nothing that could be paused, and `ws` stumbles over it.
    pause() {
      if (isOpen) socket.pause();
    },
    resume() {
      if (isOpen) socket.resume();
    },
    close() {
      isOurClose = true;
      socket.close(1000);
    },
    terminate: () => socket.terminate(),
    bytesRead: () => transport?.bytesRead ?? 0,
  };
};

const explained = (error: unknown, proxy: string | undefined): Pick<LinkEnd, 'failure' | 'advice'> =>
  error instanceof ProxyRefused
    ? { failure: error.message, advice: proxyAdvice(error.status) }
    : { failure: `${reasonOf(error)}${through(proxy)}`, advice: networkAdvice(error) };

/** Loads what `dial` needs: called early, it is there when the token is. */
export const loadSocket = () => import('ws');
