import { Readable } from 'node:stream';
import { buildConnector, Client, type Dispatcher, ProxyAgent } from 'undici';
import { proxyFor } from '../../http/proxy.ts';
import type { Clock } from '../../time/clock.ts';
import type { ForwardOptions } from './options.ts';

/** What came back. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The first 64 kB of the body. */
  readonly text: string;
};

export type Post = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<Buffer>;
};

/** One connection to the handler; one request at a time. */
export type HttpClient = {
  /** Rejects with what went wrong; a `TimeoutError` where the whole answer did not come in time. */
  post(make: () => Post, signal: AbortSignal): Promise<Answer>;
  close(): void;
};

const KEPT_BYTES = 65_536;
/** What is longer is no answer to a webhook; the connection is not worth keeping for it. */
const LONGEST_ANSWER = 1_048_576;

/** A connection that broke while it was kept. */
const BROKEN: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

type Wishes = Pick<ForwardOptions, 'origin' | 'path' | 'addresses' | 'isInsecure' | 'timeoutMs' | 'env'>;

/** Opens nothing yet. The only importer of undici. */
export const createClient = (wishes: Wishes, clock: Clock): HttpClient => {
  const { origin, path, addresses, isInsecure, timeoutMs, env } = wishes;
  const connect = buildConnector({ rejectUnauthorized: !isInsecure, timeout: timeoutMs });
  let connections = 0;
  const connector: buildConnector.connector = (options, callback) => {
    connections += 1;
    const dial = ([address, ...others]: readonly string[], first?: Error): void => {
      const hostname = address ?? options.hostname;
      connect({ ...options, hostname, ...serverName(options) }, (...outcome) => {
        const [error] = outcome;
        if (error !== null && others.length > 0) return dial(others, first ?? error);
        if (error !== null && first !== undefined) return callback(first, null);
        callback(...outcome);
      });
    };
    dial(addresses);
  };
  const proxy = proxyFor(origin, env);
  const dispatcher: Dispatcher =
    proxy === undefined
      ? new Client(origin, { connect: connector, headersTimeout: 0, bodyTimeout: 0 })
      : new ProxyAgent({
          uri: proxy,
          requestTls: { rejectUnauthorized: !isInsecure },
          headersTimeout: 0,
          bodyTimeout: 0,
        });

  const once = async (make: () => Post, signal: AbortSignal): Promise<Answer> => {
    const { body: sent, headers: own } = make();
    const request = { origin, path, method: 'POST', headers: own, signal } as const;
    const content = typeof sent === 'string' ? sent : Readable.from(sent);
    const { statusCode, headers, body } = await dispatcher.request({ ...request, body: content });
    return { status: statusCode, headers, text: await textOf(body) };
  };
  return {
    async post(make, signal) {
      const over = new AbortController();
      const late = new AbortController();
      clock.sleep(timeoutMs, over.signal).then(
        () => late.abort(new DOMException('no whole answer in time', 'TimeoutError')),
        () => {},
      );
      const either = AbortSignal.any([signal, late.signal]);
      const before = connections;
      try {
        return await once(make, either).catch((error: unknown) => {
          const wasKept = connections === before && before > 0;
          if (!wasKept || either.aborted || !BROKEN.has(codeOf(error))) throw error;
          return once(make, either);
        });
      } catch (error) {
        throw either.aborted ? either.reason : error;
      } finally {
        over.abort();
      }
    },
    close: () => void dispatcher.destroy().catch(() => {}),
  };
};

/** Only where TLS is spoken with an address that stands for a name. */
const serverName = ({ servername, hostname, protocol }: buildConnector.Options): { servername?: string } =>
  protocol === 'https:' && servername === undefined ? { servername: hostname } : {};

const textOf = async (body: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (size < KEPT_BYTES) chunks.push(chunk);
    size += chunk.length;
    if (size > LONGEST_ANSWER) break;
  }
  return Buffer.concat(chunks).subarray(0, KEPT_BYTES).toString();
};

/** The code of a network error, or of the one behind it. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
};
