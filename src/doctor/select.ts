import { type Check, type CheckId, needsOf, SECTIONS } from './check.ts';
import { CHECKS } from './checks/index.ts';
import type { DoctorOptions } from './world.ts';

/** Words of `--only` that name neither a check nor a section. */
export const unknownNames = (only: readonly string[]): readonly string[] =>
  only.filter((name) => !CHECKS.some((check) => isNamed(check, name)));

/** The section of the sync. */
const SYNC_SECTION = 9;

/**
 * The checks that `--only` names, and all that those need, in the order of the report; without names, all, but those of
 * the sync only where one is set up.
 */
export const selectChecks = (only: readonly string[], options: DoctorOptions, hasSync: boolean): readonly Check[] => {
  if (only.length === 0) return CHECKS.filter(({ section }) => hasSync || section !== SYNC_SECTION);
  const wanted = new Set<CheckId>();
  const want = (check: Check): void => {
    if (wanted.has(check.id)) return;
    wanted.add(check.id);
    const needs = needsOf(check, options);
    for (const needed of CHECKS) if (needs.includes(needed.id)) want(needed);
  };
  for (const check of CHECKS) if (only.some((name) => isNamed(check, name))) want(check);
  return CHECKS.filter(({ id }) => wanted.has(id));
};

/** A section goes by its number or its name. */
const isNamed = ({ id, section }: Check, name: string): boolean =>
  name === id || name === String(section) || name.toLowerCase() === SECTIONS[section];
