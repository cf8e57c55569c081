import type { EventPattern } from './event-pattern.ts';
import { compileGlob } from './glob.ts';

/** Zoom has some 300 types; beyond this many, someone is making names up, and answers are not worth remembering. */
const REMEMBERED = 2048;

/**
 * Patterns → does a type pass? It must match a pattern that is no exclusion (any type does if there are only exclusions) and no
 * exclusion; the order of the patterns does not matter. Each type is judged once.
 */
export const compileEventFilter = (patterns: readonly EventPattern[]): ((type: string) => boolean) => {
  const wanted = patterns.filter(({ excludes }) => !excludes).map(matcherOf);
  const unwanted = patterns.filter(({ excludes }) => excludes).map(matcherOf);
  const known = new Map<string, boolean>();
  return (type) => {
    const before = known.get(type);
    if (before !== undefined) return before;
    const passes =
      (wanted.length === 0 || wanted.some((matches) => matches(type))) && !unwanted.some((matches) => matches(type));
    if (known.size < REMEMBERED) known.set(type, passes);
    return passes;
  };
};

/** A plain name without a dot stands for its family too: `meeting` for `meeting.*`. */
export const matcherOf = ({ pattern }: EventPattern): ((type: string) => boolean) => {
  const itself = compileGlob(pattern);
  if (/[.*?]/.test(pattern)) return itself;
  const family = compileGlob(`${pattern}.*`);
  return (type) => itself(type) || family(type);
};
