import type { EventPattern } from '../../../flow/match/index.ts';

const TYPE = /^[a-z\d_-]+(\.[a-z\d_-]+)+$/;
const FAMILY = /^([a-z\d_-]+)\.\*$/;

/**
 * The subject that the server can filter by: that of one type, or of one family. Undefined where only we can tell, because
 * there are several patterns, exclusions or other wildcards; a server of version 2.9 takes one subject.
 */
export const subjectFor = async (patterns: readonly EventPattern[], prefix: string): Promise<string | undefined> => {
  const [only, ...more] = patterns;
  if (only === undefined || more.length > 0 || only.excludes) return undefined;
  if (TYPE.test(only.pattern)) return `${prefix}.${only.pattern}`;
  const [, family] = FAMILY.exec(only.pattern) ?? [];
  if (family !== undefined) return `${prefix}.${family}.>`;
  const { EVENT_TYPES } = await import('../../../catalogue/index.ts');
  // A type without a dot is its own family, and has the subject itself.
  const isFamily =
    EVENT_TYPES.some((type) => type.startsWith(`${only.pattern}.`)) && !EVENT_TYPES.includes(only.pattern);
  return isFamily ? `${prefix}.${only.pattern}.>` : undefined;
};
