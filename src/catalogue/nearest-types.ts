import { distance } from 'fastest-levenshtein';
import { EVENT_TYPES } from './event-types.ts';
import { FAMILIES } from './families.ts';

/**
 * The known names that are nearest to a name or pattern that matched nothing, nearest first; families (`meeting`)
 * for what has no dot or ends in `.*`. Empty where nothing is near enough to be meant.
 */
export const nearestTypes = (typed: string, count: number): readonly string[] => {
  const family = typed.replace(/\.\*$/, '');
  const wanted = family.toLowerCase().replace(/[!*?]/g, '');
  if (wanted === '') return [];
  const candidates = family.includes('.') ? EVENT_TYPES : [...FAMILIES, ...EVENT_TYPES];
  const farthest = Math.max(2, Math.ceil(wanted.length * 0.4));
  return [...new Set(candidates)]
    .map((name) => ({ name, away: awayFrom(wanted, name) }))
    .filter(({ away }) => away <= farthest)
    .sort((a, b) => a.away - b.away)
    .slice(0, count)
    .map(({ name }) => name);
};

/** Letters to change; one for a name that begins with what was typed. */
const awayFrom = (wanted: string, name: string): number => {
  if (name.startsWith(wanted)) return 1;
  // `started` is meant as a name too: what stands before the dot is easily forgotten.
  const [, action = name] = name.split('.');
  return Math.min(distance(wanted, name), distance(wanted, action) + 1);
};
