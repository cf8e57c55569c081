import { type Check, type CheckId, needsOf, SECTIONS } from './check.ts';
import { CHECKS } from './checks/index.ts';
import type { DoctorOptions } from './world.ts';

/** Words of `--only` that name neither a check nor a section. */
export const unknownNames = (only: readonly string[]): readonly string[] =>
  only.filter((name) => !CHECKS.some((check) => isNamed(check, name)));

/** The sections that are run only where there is something to look at. */
const WEBHOOK_SECTION = 7;
const SYNC_SECTION = 9;

/**
 * The checks that `--only` names, and all that those need, in the order of the report; without names, all, but those of
 * the sync and of a webhook endpoint only where there is one.
 */
export const selectChecks = (
  only: readonly string[],
  options: DoctorOptions,
  has: { readonly sync: boolean; readonly webhook: boolean },
): readonly Check[] => {
  const isLeftOut = ({ section }: Check): boolean =>
    (section === SYNC_SECTION && !has.sync) || (section === WEBHOOK_SECTION && !has.webhook);
  if (only.length === 0) return CHECKS.filter((check) => !isLeftOut(check));
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
