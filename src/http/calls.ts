import type { IncomingMessage, RequestOptions } from 'node:http';
import { reasonOf, ZoomWsError } from '../errors.ts';
import type { Clock } from '../time/clock.ts';
import { connectThrough, ProxyRefused } from './connect-through.ts';
import { networkAdvice } from './network-advice.ts';
import { proxyFor } from './proxy.ts';

/** How long a server may take to begin an answer, and between two pieces of it. */
const PATIENCE_MS = 20_000;
/** And for all of it together. */
const WHOLE_ANSWER_MS = 60_000;
/** 300 registrants with custom questions can exceed 1 MiB [measured]; what is longer is no page of a list. */
const LONGEST_ANSWER = 8 * 1_048_576;

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Called = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
};

/** No whole answer came. `arrived` is false only where the request surely did not reach the server. */
export class NoAnswer extends ZoomWsError {
  readonly mayHaveArrived: boolean;

  constructor(host: string, why: string, mayHaveArrived: boolean, cause: unknown) {
    super('unreachable', `${host} gave no answer: ${why}.`, { hint: networkAdvice(cause), cause });
    this.mayHaveArrived = mayHaveArrived;
  }
}

/** Many requests to one server, over connections that are kept open between them. */
export type Caller = {
  /** One request, one answer. What is on its way is never given up by this side. Throws `NoAnswer`. */
  call(call: Call): Promise<Called>;
  /** Closes what is open. */
  close(): void;
};

/** A caller for the server of `base`, through the proxy that the environment names. */
export const createCaller = async (
  base: string,
  env: Readonly<Record<string, string | undefined>>,
  clock: Pick<Clock, 'sleep'>,
): Promise<Caller> => {
  const { protocol } = new URL(base);
  const { Agent, request } = await import(protocol === 'https:' ? 'node:https' : 'node:http');
  const proxy = proxyFor(base, env);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const closed = new AbortController();
  if (proxy !== undefined) {
    agent.createConnection = await connectThrough(proxy, protocol === 'https:', closed.signal);
  }
  return {
    call: (call) => exchange(request, { agent }, call, clock),
    close() {
      closed.abort();
      agent.destroy();
    },
  };
};

type Start = (
  url: string,
  options: RequestOptions,
  answered: (answer: IncomingMessage) => void,
) => ReturnType<typeof import('node:http').request>;

const exchange = async (
  start: Start,
  options: RequestOptions,
  call: Call,
  clock: Pick<Clock, 'sleep'>,
): Promise<Called> => {
  const { method, url, headers, body } = call;
  // A timer that ends with the answer: signals of their own for each of many thousand calls would pile up.
  const over = new AbortController();
  let isConnected = false;
  try {
    return await new Promise<Called>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const asking = start(
        url,
        {
          ...options,
          timeout: PATIENCE_MS,
          method,
          headers: { ...headers, ...length },
        },
        (answer) => read(answer).then(resolve, reject),
      );
      asking.on('timeout', () => asking.destroy(new Error(`nothing for ${PATIENCE_MS / 1000} s`)));
      asking.on('socket', (socket) => {
        const connected = () => {
          isConnected = true;
        };
        if (socket.connecting) socket.once(url.startsWith('https:') ? 'secureConnect' : 'connect', connected);
        else connected();
      });
      const tooSlow = () => asking.destroy(new Error(`no whole answer within ${WHOLE_ANSWER_MS / 1000} s`));
      clock.sleep(WHOLE_ANSWER_MS, over.signal).then(tooSlow, () => {});
      asking.on('error', reject);
      asking.end(body);
    });
  } catch (error) {
    const isRefused =
      error instanceof ProxyRefused || (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED');
    throw new NoAnswer(new URL(url).host, reasonOf(error), isConnected && !isRefused, error);
  } finally {
    over.abort();
  }
};

const read = async (answer: IncomingMessage): Promise<Called> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_ANSWER) {
      answer.destroy();
      throw new Error(`an answer of more than ${LONGEST_ANSWER / 1_048_576} MiB`);
    }
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  return { status: answer.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString('utf8') };
};
