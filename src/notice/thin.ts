import type { Notice, Notify } from './notice.ts';

/** Kinds that a broken sender can cause by the thousand. */
const FLOODING: ReadonlySet<Notice['kind']> = new Set(['malformed', 'invalid-utf8', 'unknown-module']);

/** The first few are said one by one, then each time their number has grown tenfold. */
const ONE_BY_ONE = 3;

/** Says each kind that can flood less and less often; the total is said with it. Everything else passes. */
export const thinned = (notify: Notify): Notify => {
  const counts = new Map<Notice['kind'], number>();
  return (notice) => {
    if (!FLOODING.has(notice.kind)) return notify(notice);
    const count = (counts.get(notice.kind) ?? 0) + 1;
    counts.set(notice.kind, count);
    if (count <= ONE_BY_ONE || Number.isInteger(Math.log10(count))) notify({ ...notice, count } as Notice);
  };
};
