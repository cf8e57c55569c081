import type { Duplex } from 'node:stream';
import { connectThrough } from '../http/connect-through.ts';

/** Has a proxy lead to a host, as a connection of `tail` would. Rejects with `ProxyRefused` if it says no. */
export const askProxy = async (proxy: string, host: string, port: number, signal: AbortSignal): Promise<Duplex> => {
  // A signal of its own: once the socket is handed over, its end no longer concerns the request.
  const asking = new AbortController();
  const stop = () => asking.abort();
  signal.addEventListener('abort', stop);
  try {
    const connect = await connectThrough(proxy, false, asking.signal);
    return await new Promise((resolve, reject) => {
      connect({ host, port }, (error, socket) => (socket ? resolve(socket) : reject(error)));
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
