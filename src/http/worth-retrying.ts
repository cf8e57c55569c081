import type { ErrorCode } from '../errors.ts';

/**
 * What another attempt can help, as data. Everything else ends the run, or was asked for.
 */

/** Errors that may pass by themselves. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['unreachable', 'not-zoom']);

export const mayPass = (code: ErrorCode): boolean => PASSING.has(code);

/** HTTP statuses of the token endpoint and of the socket's upgrade that may pass: time-out, too many requests. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

export const statusMayPass = (status: number): boolean => status >= 500 || PASSING_STATUSES.has(status);

/** Statuses of a refused upgrade that speak of the token or the subscription. 404 was reported for a wrong id. */
export const statusRefuses = (status: number): boolean =>
  status >= 400 && status < 500 && status !== 407 && !statusMayPass(status);
