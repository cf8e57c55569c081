import type { OutgoingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as startTls } from 'node:tls';

/** Where to connect to, and with which options of TLS. */
type Target = { readonly host?: string; readonly port?: number | string };

type Connected = (error: Error | null, socket?: Duplex) => void;

/** The proxy itself refused: what it answered. */
export class ProxyRefused extends Error {
  readonly status: number;

  constructor(proxy: URL, status: number) {
    super(`the proxy ${proxy.host} answered ${status}`);
    this.status = status;
  }
}

/**
 * Makes a connection through an HTTP proxy, asked with CONNECT (RFC 9110, 9.3.6), in the form that `node:http` expects of
 * a `createConnection`. Fails with `ProxyRefused` if the proxy says no; when `signal` aborts, nothing of it is left.
 */
export const connectThrough = async (proxy: string, isSecure: boolean, signal: AbortSignal) => {
  const url = new URL(proxy);
  const { request } = await import(url.protocol === 'https:' ? 'node:https' : 'node:http');
  return (target: Target, connected: Connected): undefined => {
    const host = target.host ?? '';
    const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${target.port}`;
    const asking = request({
      method: 'CONNECT',
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || (url.protocol === 'https:' ? 443 : 80),
      path: authority,
      headers: { host: authority, ...authorization(url) },
      agent: false,
      signal,
    });
    asking.on('connect', (answer: { statusCode: number }, socket: Duplex, head: Buffer) => {
      if (answer.statusCode < 200 || answer.statusCode > 299) {
        socket.destroy();
        return connected(new ProxyRefused(url, answer.statusCode));
      }
      if (head.length > 0) socket.unshift(head);
      if (!isSecure) return connected(null, socket);
      const { path: _, ...options } = target as Target & { path?: string };
      connected(null, startTls({ ...options, port: Number(target.port), servername: isIP(host) ? '' : host, socket }));
    });
    asking.on('error', connected);
    asking.end();
  };
};

const authorization = ({ username, password }: URL): OutgoingHttpHeaders => {
  if (username === '' && password === '') return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(plain).toString('base64')}` };
};
