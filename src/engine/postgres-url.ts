import { Complaint } from '../config/flag.ts';
import { isLoopback } from '../http/hosts.ts';
import { mayGoInClear, refuseUnknown, type UrlParts, withPort } from './url-parts.ts';

/** A PostgreSQL server, and the table in it. */
export type PostgresUrl = {
  readonly kind: 'postgres';
  /** A host name, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly table: string;
  readonly sslmode: 'disable' | 'require' | 'verify-ca' | 'verify-full';
  readonly isExposed: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly files: Readonly<Partial<Record<'password-file' | 'ca' | 'cert' | 'key', string>>>;
  readonly shown: string;
};

const MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
const FILES = ['password-file', 'ca', 'cert', 'key'] as const;
const TABLE = /^[A-Za-z_][\w$]{0,62}(\.[A-Za-z_][\w$]{0,62})?$/;

export const parsePostgres = ({ user, password, authority, path, parameters }: UrlParts): PostgresUrl => {
  refuseUnknown(parameters, ['table', 'sslmode', 'host', 'plaintext', ...FILES]);
  if (path === '' || path.includes('/')) {
    throw new Complaint('expected the name of the database as its path, such as postgres://host/events');
  }
  const directory = parameters.get('host');
  if (directory !== undefined && !directory.startsWith('/')) {
    throw new Complaint('expected host= to be the directory of a Unix socket; any other host goes before the path');
  }
  if (authority === '' && directory === undefined)
    throw new Complaint('expected a host, such as postgres://host/events');
  // Beside a directory only the port counts: it is part of the socket's name.
  const host = directory === undefined ? authority : `localhost${authority}`;
  const { name, port } = withPort(host, 5432);
  const isLocal = directory !== undefined || isLoopback(name);
  const sslmode = modeOf(parameters.get('sslmode') ?? (isLocal ? 'disable' : 'verify-full'));
  const table = parameters.get('table') ?? 'zoom_events';
  if (!TABLE.test(table))
    throw new Complaint('expected table= to be a name of letters, digits and "_", perhaps with a schema');
  return {
    kind: 'postgres',
    host: directory ?? name.replace(/^\[(.*)\]$/, '$1'),
    port,
    database: path,
    table,
    sslmode,
    isExposed: mayGoInClear(!isLocal && sslmode === 'disable', parameters, 'sslmode=verify-full'),
    user,
    password,
    files: Object.fromEntries(FILES.flatMap((file) => (parameters.has(file) ? [[file, parameters.get(file)]] : []))),
    shown: `postgres://${authority}/${path}`,
  };
};

const modeOf = (text: string): PostgresUrl['sslmode'] => {
  const mode = MODES.find((known) => known === text);
  if (mode !== undefined) return mode;
  const why = text === 'prefer' || text === 'allow' ? `, because "${text}" may go on in clear text` : '';
  throw new Complaint(`expected sslmode= to be ${MODES.join(', ')}${why}`);
};
