import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { ConnectionOptions, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import { reasonOf, ZoomWsError } from '../errors.ts';
import { networkAdvice } from '../http/network-advice.ts';
import type { NatsUrl } from './nats-url.ts';
import { readSetting } from './setting-file.ts';

/** Without an answer for this long an attempt has failed. */
const PATIENCE_MS = 5_000;
/** Two pings without an answer end a connection to a server that stands still. */
const PING_MS = 2_000;
const MOST_PINGS = 2;

/** A connection to NATS, and its JetStream. */
export type Nats = {
  readonly nc: NatsConnection;
  readonly manager: JetStreamManager;
  readonly client: JetStreamClient;
  readonly headers: () => MsgHdrs;
  readonly inbox: () => string;
};

/**
 * Connects to one of the servers. It never reconnects by itself, because the client drops what it has buffered when it does.
 * Throws `refused` where a server was reached and said no, `unreachable` otherwise. The only importer of the client.
 */
export const openNats = async (url: NatsUrl, signal: AbortSignal): Promise<Nats> => {
  signal.throwIfAborted();
  const [library, jetstream] = await Promise.all([import('@nats-io/transport-node'), import('@nats-io/jetstream')]);
  const options: ConnectionOptions = {
    servers: [...url.servers],
    name: 'zoom-ws',
    reconnect: false,
    maxReconnectAttempts: 0,
    timeout: PATIENCE_MS,
    pingInterval: PING_MS,
    maxPingOut: MOST_PINGS,
    ...loginOf(url, library),
    ...(url.tls ? { tls: tlsOf(url) } : {}),
  };
  let nc: NatsConnection;
  try {
    nc = await library.connect(options);
  } catch (error) {
    throw connectError(url, error);
  }
  if (signal.aborted) {
    await nc.close();
    throw signal.reason;
  }
  const manager = await jetstream.jetstreamManager(nc, { checkAPI: false, timeout: PATIENCE_MS });
  return { nc, manager, client: jetstream.jetstream(nc), headers: library.headers, inbox: library.createInbox };
};

const loginOf = (
  { user, password, files }: NatsUrl,
  library: typeof import('@nats-io/transport-node'),
): Partial<ConnectionOptions> => {
  const encoder = new TextEncoder();
  if (files.creds !== undefined) {
    return { authenticator: library.credsAuthenticator(encoder.encode(readSetting('creds', files.creds))) };
  }
  if (files.nkey !== undefined) {
    return { authenticator: library.nkeyAuthenticator(encoder.encode(readSetting('nkey', files.nkey).trim())) };
  }
  if (files['token-file'] !== undefined) return { token: readSetting('token-file', files['token-file']).trim() };
  const pass =
    files['password-file'] === undefined ? password : readSetting('password-file', files['password-file']).trim();
  return { ...(user !== undefined && { user }), ...(pass !== undefined && { pass }) };
};

const tlsOf = ({ files }: NatsUrl): { ca?: string; cert?: string; key?: string } => ({
  ...(files.ca !== undefined && { ca: readSetting('ca', files.ca) }),
  ...(files.cert !== undefined && { cert: readSetting('cert', files.cert) }),
  ...(files.key !== undefined && { key: readSetting('key', files.key) }),
});

const connectError = ({ shown }: NatsUrl, error: unknown): ZoomWsError => {
  if (error instanceof ZoomWsError) return error;
  const words = reasonOf(error);
  if (/authorization|authentication|nkey|jwt|credential/i.test(words)) {
    return new ZoomWsError('refused', `${shown} refused the credentials: ${words}.`, {
      hint: 'Give user and password in the URL, or creds=, nkey= or token-file= with the path of a file.',
      cause: error,
    });
  }
  return new ZoomWsError('unreachable', `${shown} cannot be reached: ${words}.`, {
    hint: networkAdvice(error),
    cause: error,
  });
};
