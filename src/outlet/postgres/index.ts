import type { PostgresUrl } from '../../engine/url.ts';
import type { Clock } from '../../time/clock.ts';
import type { Destination } from '../publish/index.ts';
import { insertRows } from './insert-rows.ts';
import { openPostgres } from './open-postgres.ts';
import { findTable } from './table.ts';

/** Rows in one statement: more is not faster. */
const ROWS = 1_000;

export type PostgresParts = {
  readonly create: boolean;
  readonly clock: Clock;
  readonly onMade: (text: string) => void;
};

/** A table of PostgreSQL as a destination: each id one row, for ever. */
export const postgresDestination = (url: PostgresUrl, { create, onMade }: PostgresParts): Destination => ({
  shown: url.shown,
  // They are each publisher's, and have no place in a table of Zoom's events.
  takesLifecycle: false,
  batch: ROWS,
  async connect(signal) {
    const sql = await openPostgres(url, signal);
    try {
      await findTable(sql, url, create, onMade);
    } catch (error) {
      await sql.end({ timeout: 1 }).catch(() => {});
      throw error;
    }
    return {
      publish: (items) => insertRows(sql, url.table, items),
      // A row is known as long as it is there.
      known: async () => new Set(),
      // The client connects again by itself, and says so with the next statement.
      lost: new Promise(() => {}),
      close: () => sql.end({ timeout: 1 }),
    };
  },
});
