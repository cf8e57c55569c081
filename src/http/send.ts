import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { reasonOf, ZoomWsError } from '../errors.ts';
import { connectThrough, ProxyRefused } from './connect-through.ts';
import { networkAdvice, proxyAdvice } from './network-advice.ts';
import { type Patience, TooSlow, watchSteps } from './patience.ts';
import { proxyFor } from './proxy.ts';

/** How long the other side may take to connect, to begin its answer, to go on with it; and for all of it together. */
const USUAL_PATIENCE: Patience = { stepMs: 15_000, wholeMs: 30_000 };
/** An answer of the token endpoint has some hundred bytes; what is longer is not one. */
const LONGEST_ANSWER = 1_048_576;

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
};

export type Request = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/**
 * One request, one answer, through the proxy that the environment names. Redirects are not followed: Zoom sends none.
 * Throws `unreachable` if no answer comes, and the reason of `signal` if that aborts.
 */
export const send = async (
  request: Request,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  patience = USUAL_PATIENCE,
): Promise<Answer> => {
  signal.throwIfAborted();
  const proxy = proxyFor(request.url, env);
  const url = new URL(request.url);
  // Whatever ends the request early aborts this with its reason; at the end it lets go of what is left.
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await exchange(url, request, proxy, stop, watchSteps(patience, stop));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const cause = stop.signal.aborted ? stop.signal.reason : error;
    // A proxy that refused is named in that error already.
    const way = cause instanceof ProxyRefused ? '' : through(proxy);
    throw new ZoomWsError('unreachable', `${url.host} cannot be reached${way}: ${reasonOf(cause)}.`, {
      hint: adviceFor(cause),
      cause,
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop.abort();
  }
};

const exchange = async (
  url: URL,
  { method, headers, body }: Request,
  proxy: string | undefined,
  { signal }: AbortController,
  begin: ReturnType<typeof watchSteps>,
): Promise<Answer> => {
  const isSecure = url.protocol === 'https:';
  const { request } = await import(isSecure ? 'node:https' : 'node:http');
  // A connection of its own, which ends with the answer: the next request is an hour away.
  const connection = proxy ? { createConnection: await connectThrough(proxy, isSecure, signal) } : { agent: false };
  begin('connect');
  const options = { method, headers, signal, defaultPort: isSecure ? 443 : 80, ...connection } as RequestOptions;
  const asking: ClientRequest = request(url, options);
  asking.on('socket', (socket: Socket) => {
    if (!isSecure && !socket.connecting) begin('begin');
    else socket.once(isSecure ? 'secureConnect' : 'connect', () => begin('begin'));
  });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.on('response', resolve);
    // Stays: an error that comes after the answer concerns nobody.
    asking.on('error', reject);
    asking.end(body);
  });
  const chunks: Buffer[] = [];
  let size = 0;
  begin('go on');
  for await (const chunk of response) {
    size += chunk.length;
    if (size > LONGEST_ANSWER) throw new Error(`its answer is longer than ${LONGEST_ANSWER} bytes`);
    chunks.push(chunk);
    begin('go on');
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  return { status: response.statusCode ?? 0, headers: flat(response.headers), text };
};

const adviceFor = (error: unknown): string | undefined => {
  if (error instanceof ProxyRefused) return proxyAdvice(error.status);
  return error instanceof TooSlow ? error.advice : networkAdvice(error);
};

/** How a message names the proxy: host and port, without its password. */
export const through = (proxy: string | undefined): string =>
  proxy === undefined ? '' : ` through the proxy ${new URL(proxy).host}`;

const flat = (headers: IncomingHttpHeaders): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
