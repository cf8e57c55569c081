import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Clock } from '../time/clock.ts';
import { closeWith } from './close-with.ts';
import { createConnections } from './connections.ts';
import { readBody } from './read-body.ts';
import { readTarget, type Target } from './target.ts';

/** A request as far as its head tells. */
export type Head = Target & {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The address it came from. */
  readonly from: string;
};

/** An answer; without a body an empty one. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Handler = {
  /** Judges a request by its head, before its body is read: an answer ends it. */
  head(head: Head): Reply | undefined;
  /** Answers a request that was received whole. */
  whole(head: Head, body: Buffer): Reply | Promise<Reply>;
  /** Hears of what was refused before anybody was asked. */
  refused(status: number): void;
};

export type HardenedOptions = {
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** The largest body, in bytes. */
  readonly maxBody: number;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Smaller ones, for tests. */
  readonly limits?: Partial<Readonly<Record<'headersTimeout' | 'requestTimeout' | 'connections', number>>>;
};

export type HardenedServer = {
  readonly server: Server;
  /** Changes key and certificate for the connections that follow; throws if they are no pair. */
  setTls(pair: { readonly key: string; readonly cert: string }): void;
  /** Takes no new connections; resolves once open requests are answered, or after `ms`. */
  stop(ms: number): Promise<void>;
};

const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 500,
  keepAliveTimeout: 65_000,
  insecureHTTPParser: false,
};
const MOST_CONNECTIONS = 1_000;
/** Of bodies that are still on their way, all together. */
const MOST_PENDING_BYTES = 64_000_000;

/**
 * An HTTP server for strangers: every size, time and number has a limit, nonsense is answered and forgotten, and a
 * thousand connections that dawdle do not keep an honest request waiting.
 */
export const createHardenedServer = (
  handler: Handler,
  { tls, maxBody, clock, limits: own }: HardenedOptions,
): HardenedServer => {
  const { connections: most = MOST_CONNECTIONS, ...limits } = { ...LIMITS, ...own };
  const connections = createConnections(most);
  let pending = 0;
  let isStopping = false;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket: wire, headers, method = '', url = '' } = request;
    response.on('error', () => {});
    const target = readTarget(url);
    if (target === undefined || isOddlyPacked(headers)) return breakOff(wire, 400);
    const head: Head = { ...target, method, headers, from: wire.remoteAddress ?? '' };
    const early = handler.head(head);
    if (early?.status === 413) return breakOff(wire, 413, false);
    if (early !== undefined) {
      // Nobody waits for an answer any more when the rest of the body has come.
      request.once('end', () => {
        connections.completed(wire);
        connections.answered(wire);
      });
      request.resume();
      return write(response, early, isStopping);
    }
    readBody(request, maxBody, {
      onBytes(more) {
        pending += more;
        if (pending > MOST_PENDING_BYTES) connections.closeIdlest();
      },
      onTooLarge: () => breakOff(wire, 413),
      onWhole(body) {
        connections.completed(wire);
        response.once('close', () => connections.answered(wire));
        reply(response, handler.whole(head, body));
      },
    });
  };
  const reply = (response: ServerResponse, answer: Reply | Promise<Reply>): void => {
    if (!(answer instanceof Promise)) return write(response, answer, isStopping);
    answer.then(
      (late) => write(response, late, isStopping),
      () => response.destroy(),
    );
  };
  /** Behind an answer that is still to come, nothing can be said any more. */
  const breakOff = (wire: Socket, status: number, isNews = true): void => {
    if (isNews) handler.refused(status);
    if (connections.waiting(wire) > 0) wire.destroy();
    else closeWith(wire, status, clock);
  };

  const server = tls
    ? createHttpsServer({ ...limits, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: limits.headersTimeout }, answer)
    : createHttpServer(limits, answer);
  server.maxHeadersCount = 0;
  server.on('connection', connections.add);
  server.on('secureConnection', connections.secured);
  server.on('tlsClientError', (_error, wire: Socket) => wire.destroy());
  server.on('connect', (_request, wire: Socket) => breakOff(wire, 400));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const tooLarge = Number(request.headers['content-length']) > maxBody;
    if (!tooLarge) response.writeContinue();
    answer(request, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, wire: Socket) => {
    // One that has been answered, or has left, is closed by itself.
    if (!wire.writable || error.code === 'ECONNRESET') return;
    breakOff(wire, PARSER_ANSWERS[error.code ?? ''] ?? 400);
  });
  return {
    server,
    setTls: (pair) =>
      'setSecureContext' in server && (server as SecureServer).setSecureContext({ ...pair, minVersion: 'TLSv1.2' }),
    async stop(ms) {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const over = new AbortController();
      const late = clock.sleep(ms, over.signal).catch(() => {});
      await Promise.race([closed, late]);
      over.abort();
      connections.closeAll();
      await closed;
    },
  };
};

/** What the parser of Node refuses, by its code; anything else is 400. */
const PARSER_ANSWERS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

type SecureServer = { setSecureContext(options: SecureContextOptions): void };

/** Packed for the way in a manner that the parser passes on without unpacking it. */
const isOddlyPacked = ({ 'transfer-encoding': coding }: IncomingHttpHeaders): boolean =>
  coding !== undefined && coding.trim().toLowerCase() !== 'chunked';

const write = (response: ServerResponse, { status, headers, body = '' }: Reply, closes: boolean): void => {
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    ...(closes ? { connection: 'close' } : {}),
  });
  response.end(body);
};
