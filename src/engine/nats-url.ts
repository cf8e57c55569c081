import { Complaint } from '../config/flag.ts';
import { isLoopback } from '../http/hosts.ts';
import { mayGoInClear, refuseUnknown, type UrlParts, withPort } from './url-parts.ts';

const NATS_FILES = ['creds', 'nkey', 'token-file', 'password-file', 'ca', 'cert', 'key'] as const;

/** A NATS server, and the stream in it. */
export type NatsUrl = {
  readonly kind: 'nats';
  /** `host:port`, one or more. */
  readonly servers: readonly string[];
  readonly stream: string;
  /** What subjects begin with. */
  readonly subject: string;
  readonly tls: boolean;
  /** Whether it goes in clear text beyond this machine, as `plaintext=yes` allows. */
  readonly isExposed: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Paths of files. */
  readonly files: Readonly<Partial<Record<(typeof NATS_FILES)[number], string>>>;
  /** How messages name it: without user, password and parameters. */
  readonly shown: string;
};

const STREAM = /^[^\s.*>/\\]{1,255}$/;
const SUBJECT = /^[\w-]+(\.[\w-]+)*$/;

export const parseNats = (tls: boolean, { user, password, authority, path, parameters }: UrlParts): NatsUrl => {
  refuseUnknown(parameters, ['subject', 'plaintext', ...NATS_FILES]);
  const hosts = authority.split(',').map((host) => withPort(host, 4222));
  if (!STREAM.test(path)) throw new Complaint('expected the name of the stream as its path, such as nats://host/ZOOM');
  const subject = parameters.get('subject') ?? 'zoom';
  if (!SUBJECT.test(subject))
    throw new Complaint('expected subject= to hold letters, digits, "_" and "-", with dots between');
  const isLocal = hosts.every(({ name }) => isLoopback(name));
  const isExposed = mayGoInClear(!tls && !isLocal, parameters, 'tls://');
  return {
    kind: 'nats',
    servers: hosts.map(({ name, port }) => `${name}:${port}`),
    stream: path,
    subject,
    tls,
    isExposed,
    user,
    password,
    files: Object.fromEntries(
      NATS_FILES.flatMap((name) => (parameters.has(name) ? [[name, parameters.get(name)]] : [])),
    ),
    shown: `${tls ? 'tls' : 'nats'}://${authority}/${path}`,
  };
};
