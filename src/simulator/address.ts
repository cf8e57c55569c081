import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reasonOf, ZoomWsError } from '../errors.ts';
import type { Rules } from './rules.ts';

/** Waits until the server listens. Throws `unreachable` with what to do about it. */
export const listen = async (server: Server, host: string, port: number): Promise<void> => {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE') {
      throw new ZoomWsError('unreachable', `Port ${port} on ${host} is in use.`, {
        hint: 'Another simulator may be running there: use it, stop it, or choose another port ("--port 0" picks a free one).',
        cause: error,
      });
    }
    throw new ZoomWsError('unreachable', `The simulator cannot listen on ${host}, port ${port}: ${reasonOf(error)}.`, {
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

/** The environment variables that point a client here. */
export type Settings = Readonly<
  Record<
    | 'ZOOM_ACCOUNT_ID'
    | 'ZOOM_CLIENT_ID'
    | 'ZOOM_CLIENT_SECRET'
    | 'ZOOM_SUBSCRIPTION_ID'
    | 'ZOOM_WS_URL'
    | 'ZOOM_OAUTH_URL'
    | 'ZOOM_API_URL'
    | 'BREVO_API_KEY'
    | 'BREVO_API_URL',
    string
  >
>;

export const settingsOf = (url: string, rules: Rules): Settings => ({
  ZOOM_ACCOUNT_ID: rules.accountId,
  ZOOM_CLIENT_ID: rules.clientId,
  ZOOM_CLIENT_SECRET: rules.clientSecret,
  ZOOM_SUBSCRIPTION_ID: rules.subscriptions[0] ?? '',
  ZOOM_WS_URL: `${url.replace(/^http/, 'ws')}/ws`,
  ZOOM_OAUTH_URL: `${url}/oauth/token`,
  ZOOM_API_URL: `${url}/v2`,
  // Any key of this form is taken.
  BREVO_API_KEY: 'xkeysib-made-up-by-the-simulator',
  BREVO_API_URL: `${url}/brevo/v3`,
});
