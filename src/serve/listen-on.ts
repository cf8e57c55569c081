import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { reasonOf, ZoomWsError } from '../errors.ts';

/** Waits until the server listens. Throws `unreachable` with what to do about it. */
export const listenOn = async (server: Server, host: string, port: number): Promise<void> => {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE') {
      throw new ZoomWsError('unreachable', `Port ${port} on ${host} is in use.`, {
        hint: 'Stop what listens there, or choose another port ("--port 0" picks a free one).',
        cause: error,
      });
    }
    throw new ZoomWsError('unreachable', `Cannot listen on ${host}, port ${port}: ${reasonOf(error)}.`, {
      hint:
        code === 'EACCES'
          ? 'Ports below 1024 need rights that this user lacks: choose a higher one.'
          : 'Check --host: it is an address of this machine, such as 127.0.0.1.',
      cause: error,
    });
  }
};

/** The URL under which this machine reaches the server; one that listens everywhere is reached by loopback. */
export const urlOf = ({ address, family, port }: AddressInfo, secure: boolean): string => {
  const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '127.0.0.1' };
  const host = everywhere[address] ?? (family === 'IPv6' ? `[${address}]` : address);
  return `${secure ? 'https' : 'http'}://${host}:${port}`;
};
