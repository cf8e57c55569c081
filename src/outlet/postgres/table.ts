import type { Sql } from 'postgres';
import type { PostgresUrl } from '../../engine/url.ts';
import { ZoomWsError } from '../../errors.ts';
import { postgresError } from './postgres-error.ts';

const COLUMNS = ['id', 'event', 'event_ts', 'received_at', 'body'];

/** Finds the table, or makes it where that was asked for; one that exists is never changed. Throws `refused`. */
export const findTable = async (
  sql: Sql,
  url: PostgresUrl,
  create: boolean,
  onMade: (text: string) => void,
): Promise<void> => {
  const { table, shown } = url;
  try {
    const [found] = await sql`select to_regclass(${quoted(table)})::oid as oid`;
    if (found?.oid == null) {
      if (!create) {
        throw new ZoomWsError('refused', `${shown}: there is no table "${table}".`, {
          hint: 'Check table= in the URL, or give --to-create to have it made.',
        });
      }
      await sql.unsafe(creation(table));
      onMade(`made the table ${table}, with an index on event and event_ts`);
      return;
    }
    const rows = await sql`select attname as name from pg_attribute where attrelid = ${found.oid} and attnum > 0`;
    const there = new Set(rows.map(({ name }) => String(name)));
    const missing = COLUMNS.filter((name) => !there.has(name));
    if (missing.length > 0) {
      throw new ZoomWsError('refused', `${shown}: the table "${table}" lacks ${missing.join(', ')}.`, {
        hint: `Name another with table=. It needs: ${creation(table)}`,
      });
    }
  } catch (error) {
    throw postgresError(url, error);
  }
};

const creation = (table: string): string =>
  `create table if not exists ${quoted(table)} (id text primary key, event text not null, event_ts timestamptz, ` +
  'received_at timestamptz not null, body json not null); ' +
  `create index if not exists ${quoted(`${table.replace('.', '_')}_event_event_ts`)} on ${quoted(table)} (event, event_ts)`;

/** A name, or a schema and a name, quoted: `"public"."zoom_events"`. The parser of the URL allows no quotes in it. */
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
