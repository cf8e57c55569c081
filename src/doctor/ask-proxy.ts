import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';

/** Asks an HTTP proxy with CONNECT (RFC 9110, 9.3.6) to lead to a host. With 200 the socket leads there. */
export const askProxy = async (
  proxy: URL,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly socket: Duplex }> => {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const user = decodeURIComponent(proxy.username);
  const basic = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
  const options: RequestOptions = {
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(user && { 'proxy-authorization': `Basic ${basic}` }) },
    agent: false,
  };
  const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)(options);
  // Not as the request's own signal: that would also end the socket after it has been handed over.
  const stop = () => request.destroy(new Error('stopped'));
  signal.addEventListener('abort', stop);
  try {
    return await new Promise((resolve, reject) => {
      request.on('connect', ({ statusCode = 0 }, socket) => resolve({ status: statusCode, socket }));
      request.on('response', ({ statusCode = 0, socket }) => resolve({ status: statusCode, socket }));
      request.on('error', reject);
      request.end();
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
