import { lookup } from 'node:dns/promises';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, connect as tcpConnect } from 'node:net';
import type { Duplex } from 'node:stream';
import { type DetailedPeerCertificate, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { reasonOf } from '../errors.ts';
import { networkAdvice } from '../zoom/network-advice.ts';

/** What was seen on the way to a host, step by step; nothing is asked of the host itself. */
export type HostProbe =
  | { readonly ok: true; readonly steps: readonly string[]; readonly tls: TlsFacts | undefined }
  | {
      readonly ok: false;
      readonly step: 'DNS' | 'TCP' | 'proxy' | 'TLS';
      readonly why: string;
      readonly advice: string | undefined;
      /** The steps before it, which worked. */
      readonly steps: readonly string[];
      readonly tls: TlsFacts | undefined;
    };

export type TlsFacts = {
  readonly protocol: string;
  /** Who signed the certificate, as it says itself, from the nearest to the root. */
  readonly issuers: readonly string[];
  /** Node's code for why it is not trusted; undefined if it is. */
  readonly distrust: string | undefined;
};

type Failure = Omit<Extract<HostProbe, { ok: false }>, 'ok' | 'steps'>;

/**
 * Goes to a host as a request would: DNS, TCP, the proxy's CONNECT, TLS. A certificate that is not trusted is looked at all
 * the same, to name who signed it; no byte of ours is sent over it. Rejects only with the reason of `signal`.
 */
export const probeHost = async (url: URL, proxy: string | undefined, signal: AbortSignal): Promise<HostProbe> => {
  const steps: string[] = [];
  let wire: Duplex | undefined;
  let tls: TlsFacts | undefined;
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (secure ? 443 : 80)) };
  try {
    wire = proxy
      ? await throughProxy(new URL(proxy), target, steps, signal)
      : await direct(target.host, target.port, steps, signal);
    if (secure) {
      const socket = await step('TLS', () => shakeHands(wire as Duplex, target.host, signal));
      wire = socket;
      tls = factsOf(socket);
      if (tls.distrust !== undefined) {
        const advice = networkAdvice(Object.assign(new Error(tls.distrust), { code: tls.distrust }));
        throw new StepFailure({ step: 'TLS', why: tls.distrust, advice, tls });
      }
      steps.push(`${tls.protocol}, signed by ${tls.issuers.at(0) ?? 'nobody'}`);
    } else steps.push('no TLS (this machine)');
    return { ok: true, steps, tls };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof StepFailure)) throw error;
    return { ok: false, ...error.failure, steps };
  } finally {
    wire?.destroy();
  }
};

class StepFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.why);
    this.failure = failure;
  }
}

const step = async <T>(name: Failure['step'], work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFailure) throw error;
    throw new StepFailure({ step: name, why: reasonOf(error), advice: networkAdvice(error), tls: undefined });
  }
};

const direct = async (host: string, port: number, steps: string[], signal: AbortSignal): Promise<Duplex> => {
  if (!isIP(host)) {
    const addresses = await step('DNS', () => lookup(host, { all: true }));
    signal.throwIfAborted();
    steps.push(`DNS: ${addresses.length === 1 ? addresses[0]?.address : `${addresses.length} addresses`}`);
  }
  const socket = tcpConnect({ host, port, signal });
  await step('TCP', () => settled(socket, 'connect'));
  steps.push(`TCP to port ${port}`);
  return socket;
};

const throughProxy = async (
  proxy: URL,
  { host, port }: { readonly host: string; readonly port: number },
  steps: string[],
  signal: AbortSignal,
): Promise<Duplex> => {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const { username, password } = proxy;
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const options: RequestOptions = {
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(username && { 'proxy-authorization': `Basic ${basic}` }) },
    agent: false,
    signal,
  };
  const connect = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)(options);
  const answer = new Promise<{ readonly status: number; readonly socket: Duplex }>((resolve, reject) => {
    connect.on('connect', ({ statusCode = 0 }, socket) => resolve({ status: statusCode, socket }));
    connect.on('response', (response) => resolve({ status: response.statusCode ?? 0, socket: response.socket }));
    connect.on('error', reject);
  });
  connect.end();
  const { status, socket } = await step('proxy', () => answer);
  if (status !== 200) {
    socket.destroy();
    throw new StepFailure({ step: 'proxy', why: `it answered ${status}`, advice: proxyAdvice(status), tls: undefined });
  }
  steps.push(`through the proxy ${proxy.host}`);
  return socket;
};

const proxyAdvice = (status: number): string =>
  status === 407
    ? 'The proxy wants a user name and password: HTTPS_PROXY=http://user:password@host:port.'
    : 'The proxy does not let this host through: ask who runs it, or name the host in NO_PROXY if it can be reached directly.';

const shakeHands = async (wire: Duplex, host: string, signal: AbortSignal): Promise<TLSSocket> => {
  const socket = tlsConnect({
    socket: wire,
    ...(!isIP(host) && { servername: host }),
    host,
    // To see the certificate, whoever signed it. Nothing is ever sent over this connection.
    rejectUnauthorized: false,
  });
  const abort = () => socket.destroy(new Error('stopped'));
  signal.addEventListener('abort', abort);
  try {
    await settled(socket, 'secureConnect');
    return socket;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

const settled = (socket: Duplex, event: 'connect' | 'secureConnect'): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    // Stays on: an error that comes later than this is of no interest, but must not be unheard.
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' })));
  });

const factsOf = (socket: TLSSocket): TlsFacts => {
  const issuers: string[] = [];
  const leaf = socket.getPeerCertificate(true);
  let certificate: DetailedPeerCertificate | undefined = leaf;
  const seen = new Set<string>();
  while (certificate?.issuer && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    issuers.push(nameOf(certificate.issuer));
    certificate = certificate.issuerCertificate;
  }
  const distrust = socket.authorized ? undefined : codeOf(socket.authorizationError);
  return { protocol: socket.getProtocol() ?? 'TLS', issuers: [...new Set(issuers)], distrust };
};

const nameOf = ({ CN, O }: { readonly CN?: string | string[]; readonly O?: string | string[] }): string => {
  const parts = [CN, O].flat().filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? 'an issuer without a name' : `"${[...new Set(parts)].join(', ')}"`;
};

/** Node declares an Error and gives its code as a string. */
const codeOf = (error: Error | string | undefined): string =>
  typeof error === 'string' ? error : error && 'code' in error ? String(error.code) : 'it cannot be verified';
