import { fstatSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Input } from '../../recording/index.ts';

/**
 * Throws `usage` where the recording would be written to a file that is being read, by whatever name: each line read would
 * become one more to read.
 */
export const refuseOwnInput = (
  record: string,
  inputs: readonly Input[],
  { cwd, stdin }: Pick<Host, 'cwd' | 'stdin'>,
): void => {
  const target = statSync(resolve(cwd, record), { throwIfNoEntry: false });
  if (target === undefined || !target.isFile()) return;
  const same = inputs.find(({ file }) => {
    const stats = file?.stats ?? statsOf(stdin);
    return stats !== undefined && stats.dev === target.dev && stats.ino === target.ino;
  });
  if (same === undefined) return;
  const name = same.name === '-' ? 'stdin' : `"${same.name}"`;
  throw new ZoomWsError('usage', `--record "${record}" is the file that is being read (${name}).`, {
    hint: 'Record to another file.',
  });
};

/** `< file` makes a file of stdin. */
const statsOf = (stdin: object): Stats | undefined =>
  'fd' in stdin && typeof stdin.fd === 'number' ? fstatSync(stdin.fd) : undefined;
