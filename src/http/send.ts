import type { Dispatcher } from 'undici';
import { reasonOf, ZoomWsError } from '../errors.ts';
import { networkAdvice } from './network-advice.ts';
import { proxyFor } from './proxy.ts';

/** How long Zoom may take for each step of an answer: to connect, to begin it, to go on with it. */
const PATIENCE_MS = 15_000;
/** And for all of it together. */
const WHOLE_ANSWER_MS = 30_000;
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
 * Throws `unreachable` if no answer comes. The only importer of undici.
 */
export const send = async (
  request: Request,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Answer> => {
  const options = {
    connect: { timeout: PATIENCE_MS },
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
    maxResponseSize: LONGEST_ANSWER,
  };
  const proxy = proxyFor(request.url, env);
  const { url, method, headers, body } = request;
  const { origin, pathname, search, host } = new URL(url);
  // Parts of undici instead of all of it: they load in half the time.
  const [{ default: dispatch }, dispatcher] = await Promise.all([
    import('undici/lib/api/api-request.js'),
    proxy === undefined ? directly(origin, options) : throughProxy(proxy, options),
  ]);
  // Each step has its own limit; this one is for an answer that drips.
  const deadline = AbortSignal.timeout(WHOLE_ANSWER_MS);
  try {
    const response = await dispatch.call(dispatcher, {
      origin,
      path: `${pathname}${search}`,
      method,
      headers,
      body: body ?? null,
      signal: AbortSignal.any([signal, deadline]),
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: flat(response.headers), text };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const why = deadline.aborted ? `no whole answer within ${WHOLE_ANSWER_MS / 1000} s` : reasonOf(error);
    throw new ZoomWsError('unreachable', `${host} cannot be reached${through(proxy)}: ${why}.`, {
      hint: networkAdvice(error),
      cause: error,
    });
  } finally {
    // A connection kept alive would keep the process alive too; the next request is an hour away.
    dispatcher.destroy().catch(() => {});
  }
};

type ConnectionOptions = Readonly<Record<'headersTimeout' | 'bodyTimeout' | 'maxResponseSize', number>> & {
  readonly connect: { readonly timeout: number };
};

const directly = async (origin: string, options: ConnectionOptions): Promise<Dispatcher> => {
  const { default: Client } = await import('undici/lib/dispatcher/client.js');
  return new Client(origin, options);
};

const throughProxy = async (proxy: string, options: ConnectionOptions): Promise<Dispatcher> => {
  const [{ default: ProxyAgent }, { default: Dispatcher }, { default: connect }] = await Promise.all([
    import('undici/lib/dispatcher/proxy-agent.js'),
    import('undici/lib/dispatcher/dispatcher.js'),
    import('undici/lib/api/api-connect.js'),
  ]);
  // undici's index gives its dispatchers their methods in this way; the agent asks the proxy with this one.
  Object.assign(Dispatcher.prototype, { connect });
  return new ProxyAgent({ uri: proxy, ...options });
};

/** How a message names the proxy: host and port, without its password. */
export const through = (proxy: string | undefined): string =>
  proxy === undefined ? '' : ` through the proxy ${new URL(proxy).host}`;

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
