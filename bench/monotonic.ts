import process from 'node:process';

/** Microseconds of the machine's monotonic clock: the same in every process. */
export const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1000n);
