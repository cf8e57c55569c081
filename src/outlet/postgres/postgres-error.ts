import type { PostgresUrl } from '../../engine/url.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import { networkAdvice } from '../../http/network-advice.ts';

/** What the server refuses, by SQLSTATE [PostgreSQL's documentation, appendix A]: another attempt would not help. */
const REFUSALS: Readonly<Record<string, string>> = {
  '28000': 'Check user and password in the URL, and pg_hba.conf on the server.',
  '28P01': 'Check user and password in the URL.',
  '3D000': 'Check the name of the database in the URL, or create it.',
  '42501': 'Give this user INSERT and SELECT on the table, or CREATE on the schema for --to-create.',
  '42P01': 'Check table= in the URL, or give --to-create to have the table made.',
  '42703': 'The table has other columns: see the documentation for what it needs, or name another with table=.',
  '42804': 'The table has columns of other types: see the documentation for what it needs.',
  '42P10': 'The column id needs to be the primary key, or unique.',
};

/** A failure of the server or of the way to it, for the user. */
export const postgresError = ({ shown }: Pick<PostgresUrl, 'shown'>, error: unknown): ZoomWsError => {
  if (error instanceof ZoomWsError) return error;
  const hint = REFUSALS[sqlState(error)];
  if (hint !== undefined) {
    return new ZoomWsError('refused', `${shown} refused: ${reasonOf(error)}.`, { hint, cause: error });
  }
  return new ZoomWsError('unreachable', `${shown} cannot be used: ${reasonOf(error)}.`, {
    hint: networkAdvice(error),
    cause: error,
  });
};

/** The five characters by which PostgreSQL says what went wrong; empty for an error that is not the server's. */
export const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[\dA-Z]{5}$/.test(error.code)
    ? error.code
    : '';
