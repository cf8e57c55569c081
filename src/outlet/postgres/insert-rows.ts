import type { Sql } from 'postgres';
import { reasonOf } from '../../errors.ts';
import type { Item, Outcome } from '../publish/index.ts';
import { sqlState } from './postgres-error.ts';
import { quoted } from './table.ts';

/** Two publishers that insert the same ids; sorted batches make it rare [measured]. */
const DEADLOCK = '40P01';
/**
 * Errors that the content of a row causes: data exceptions, limits such as the nesting of JSON, and violated constraints
 * [PostgreSQL's documentation, appendix A].
 */
const CONTENT = /^(?:22|23|54)/;

/**
 * Inserts the items and leaves alone ids that are there. A statement that fails because of one row's content is split until
 * only that row is left. Throws what another attempt may help.
 */
export const insertRows = async (sql: Sql, table: string, items: readonly Item[]): Promise<readonly Outcome[]> => {
  const rows = items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const outcomes = new Map<string, Outcome>();
  await insert(sql, table, rows, outcomes);
  return items.map(({ id }) => outcomes.get(id) ?? 'known');
};

const insert = async (
  sql: Sql,
  table: string,
  rows: readonly Item[],
  outcomes: Map<string, Outcome>,
): Promise<void> => {
  if (rows.length === 0) return;
  try {
    for (const { id } of await insertAll(sql, table, rows)) outcomes.set(id, 'stored');
  } catch (error) {
    const state = sqlState(error);
    if (state === DEADLOCK) return insert(sql, table, rows, outcomes);
    if (!CONTENT.test(state)) throw error;
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      outcomes.set(only.id, { refused: reasonOf(error) });
      return;
    }
    const middle = Math.ceil(rows.length / 2);
    await insert(sql, table, rows.slice(0, middle), outcomes);
    await insert(sql, table, rows.slice(middle), outcomes);
  }
};

const insertAll = (sql: Sql, table: string, rows: readonly Item[]): Promise<readonly { readonly id: string }[]> =>
  sql.unsafe(
    `insert into ${quoted(table)} (id, event, event_ts, received_at, body)
     select id, event, event_ts, received_at, body::json
     from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[]) as row(id, event, event_ts, received_at, body)
     on conflict do nothing returning id`,
    [
      rows.map(({ id }) => id),
      rows.map(({ type }) => type.replace(/\p{Cc}/gu, '_')),
      rows.map(eventTime),
      rows.map(({ receivedAt }) => receivedAt || new Date(0).toISOString()),
      rows.map(({ text }) => text),
    ] as never[],
  ) as unknown as Promise<readonly { readonly id: string }[]>;

/** JavaScript's dates reach further than people's: what lies beyond these years is no time of an event. */
const FIRST = Date.UTC(1, 0, 1);
const LAST = Date.UTC(9999, 11, 31);

/** `event_ts` as ISO 8601; null where there is none, or none that is a time. */
const eventTime = ({ text }: Item): string | null => {
  const { event_ts: ts } = JSON.parse(text) as { readonly event_ts?: unknown };
  return typeof ts === 'number' && ts >= FIRST && ts <= LAST ? new Date(ts).toISOString() : null;
};
