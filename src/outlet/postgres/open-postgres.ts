import { readFileSync } from 'node:fs';
import type { Sql } from 'postgres';
import { readSetting } from '../../engine/setting-file.ts';
import type { PostgresUrl } from '../../engine/url.ts';
import { postgresError } from './postgres-error.ts';

/** Without an answer for this long an attempt has failed. */
const PATIENCE_S = 5;

/** Connects. Throws `refused` and `unreachable`. The only importer of the client; its `PG*` variables are not read. */
export const openPostgres = async (url: PostgresUrl, signal: AbortSignal): Promise<Sql> => {
  signal.throwIfAborted();
  const { default: postgres } = await import('postgres');
  const { files } = url;
  const password =
    files['password-file'] === undefined ? url.password : readSetting('password-file', files['password-file']).trim();
  const sql = postgres({
    ...(url.host.startsWith('/') ? { path: `${url.host}/.s.PGSQL.${url.port}`, host: url.host } : { host: url.host }),
    port: url.port,
    database: url.database,
    username: url.user ?? 'postgres',
    password: password ?? '',
    ssl: sslOf(url),
    max: 1,
    connect_timeout: PATIENCE_S,
    idle_timeout: 0,
    // Never prepared under a name: poolers in between forget them.
    prepare: false,
    onnotice: () => {},
    connection: { application_name: 'zoom-ws', statement_timeout: PATIENCE_S * 1_000 },
  });
  try {
    await sql`select 1`;
    return sql;
  } catch (error) {
    await sql.end({ timeout: 1 }).catch(() => {});
    throw postgresError(url, error);
  }
};

const sslOf = ({ sslmode, files, host }: PostgresUrl): false | object => {
  if (sslmode === 'disable') return false;
  const read = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path, 'utf8'));
  return {
    rejectUnauthorized: sslmode !== 'require',
    ...(sslmode === 'verify-full' ? { servername: host } : { checkServerIdentity: () => undefined }),
    ...{ ca: read(files.ca), cert: read(files.cert), key: read(files.key) },
  };
};
