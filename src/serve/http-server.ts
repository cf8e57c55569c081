import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { isLoopback, isLoopbackHost } from '../http/hosts.ts';
import type { Answer, Asked } from './answer.ts';

/** A recording's event is a few kB; a batch of `trigger` stays below this. */
const LARGEST_BODY = 4 * 1024 * 1024;

/** A request that dribbles in is cut off: Node looks every second. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 1_000 };

export type HttpDeps = {
  /** Answers a request; undefined: there is no such thing here. */
  readonly answer: (asked: Asked) => Promise<Answer | undefined> | Answer | undefined;
  readonly upgrade: (request: IncomingMessage, wire: Socket, head: Buffer) => void;
  readonly date: () => Date;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
};

/** The HTTP side: bodies are limited, slow requests cut off, nonsense is answered 400 and forgotten. */
export const createServer = (deps: HttpDeps): Server => {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    void handle(request, response, deps).catch(() => response.destroy());
  };
  const server = deps.tls
    ? createHttpsServer({ ...LIMITS, ...deps.tls }, listener)
    : createHttpServer(LIMITS, listener);
  server.on('upgrade', (request: IncomingMessage, wire: Socket, head: Buffer) => {
    if (isRebound(request)) wire.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else deps.upgrade(request, wire, head);
  });
  server.on('clientError', (_error, wire) => {
    if (wire.writable) wire.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else wire.destroy();
  });
  return server;
};

/**
 * Whether a browser of this machine asks under a foreign name: a web page whose own name was made to point here (DNS
 * rebinding) could otherwise read everything. Other programs may call this machine what they like.
 */
const isRebound = ({ socket, headers }: IncomingMessage): boolean => {
  const isBrowser = headers.origin !== undefined || /^Mozilla\//.test(headers['user-agent'] ?? '');
  return isBrowser && isLoopback(socket.remoteAddress ?? '') && !isLoopbackHost(headers.host ?? '');
};

const handle = async (request: IncomingMessage, response: ServerResponse, deps: HttpDeps): Promise<void> => {
  response.on('error', () => {});
  const answer = await answerOf(request, deps);
  response.writeHead(answer.status, {
    'content-type': answer.type ?? 'application/json;charset=UTF-8',
    'content-length': Buffer.byteLength(answer.body),
    date: deps.date().toUTCString(),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
    // What is left of a body that was too large is not read.
    ...(answer.status === 413 ? { connection: 'close' } : {}),
  });
  response.end(answer.body);
};

const answerOf = async (request: IncomingMessage, deps: HttpDeps): Promise<Answer> => {
  if (isRebound(request)) return plain(403, 'not for web pages under another name');
  if (!URL.canParse(request.url ?? '', 'http://simulator')) return plain(400, 'Bad Request');
  const url = new URL(request.url ?? '', 'http://simulator');
  const body = await readBody(request);
  if (body === undefined) return plain(413, 'Payload Too Large');
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
  const from = request.socket.remoteAddress ?? '';
  const asked: Asked = {
    from,
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body,
  };
  return (await deps.answer(asked)) ?? plain(404, `${url.pathname} is not part of the simulator`);
};

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const plain = (status: number, message: string): Answer => ({
  status,
  body: JSON.stringify({ code: status, message }),
});
