import { expect, test } from 'vitest';
import { tailStatus } from '../../../src/cli/tail/status.ts';
import { ZoomWsError } from '../../../src/errors.ts';

const QUIET = {
  reachedLimit: false,
  readerGone: false,
  by: undefined,
  timeIsOver: false,
  hadLimit: false,
  wasReady: true,
} as const;

test.each([
  ['the source ended', {}, 0],
  ['the limit was reached', { reachedLimit: true, hadLimit: true }, 0],
  [
    'the limit was reached in the moment the time was over',
    { reachedLimit: true, hadLimit: true, timeIsOver: true },
    0,
  ],
  ['the limit was reached in the moment of Ctrl-C', { reachedLimit: true, hadLimit: true, by: 'SIGINT' }, 0],
  ['the reader has gone', { readerGone: true }, 0],
  ['the reader has gone and the shell sent SIGINT', { readerGone: true, by: 'SIGINT' }, 0],
  ['SIGTERM', { by: 'SIGTERM' }, 0],
  ['SIGINT', { by: 'SIGINT' }, 130],
  ['SIGHUP', { by: 'SIGHUP' }, 129],
  ['SIGINT before the first connection', { by: 'SIGINT', wasReady: false }, 130],
  ['the time was over', { timeIsOver: true }, 0],
  ['the time was over before the limit', { timeIsOver: true, hadLimit: true }, 124],
] as const)('%s', (_what, end, status) => {
  expect(tailStatus({ ...QUIET, ...end })).toBe(status);
});

test.each([false, true])('the time was over and nothing was ever accepted (with a limit: %s)', (hadLimit) => {
  const end = { ...QUIET, timeIsOver: true, wasReady: false, hadLimit };
  expect(() => tailStatus(end)).toThrow(ZoomWsError);
  expect(() => tailStatus(end)).toThrow(/never accepted/);
});
