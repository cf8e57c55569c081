import type { Catalogue, EventType } from '../../catalogue/index.ts';
import { Complaint } from '../../config/flag.ts';
import { ZoomWsError } from '../../errors.ts';
import { compileEventFilter, type EventPattern, parseEventPatterns } from '../../flow/match/index.ts';

/** What the words of the command line stand for. */
export type Found =
  | { readonly kind: 'one'; readonly type: EventType }
  | { readonly kind: 'several'; readonly types: readonly EventType[] };

/**
 * A single known name is that type; words that all match as patterns are patterns; everything else is free text.
 * No words: every type. Throws `usage` for a pattern that cannot be read.
 */
export const findTypes = (catalogue: Catalogue, words: readonly string[]): Found => {
  const all = [...catalogue.values()];
  const given = words.map((word) => word.trim()).filter((word) => word !== '');
  const [only, ...more] = given;
  if (only === undefined) return { kind: 'several', types: all };
  const named = more.length === 0 ? catalogue.get(only.toLowerCase()) : undefined;
  if (named) return { kind: 'one', type: named };
  const patterns = given.map(patternsIn);
  const types = patterns.every((some) => some !== undefined && matching(all, some).length > 0)
    ? matching(
        all,
        patterns.flatMap((some) => some ?? []),
      )
    : all.filter((type) =>
        given.flatMap((word) => word.split(/\s+/)).every((word) => mentions(type, word.toLowerCase())),
      );
  return { kind: 'several', types };
};

const matching = (types: readonly EventType[], patterns: readonly EventPattern[]): readonly EventType[] => {
  const passes = compileEventFilter(patterns);
  return types.filter(({ name }) => passes(name));
};

/** The patterns that a word holds; undefined if it is text. A word with `*` or `!` is meant as a pattern: it must be one. */
const patternsIn = (word: string): readonly EventPattern[] | undefined => {
  try {
    return parseEventPatterns(word).patterns;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    if (/[*?!]/.test(word)) throw new ZoomWsError('usage', error.message);
    return undefined;
  }
};

/** Whether a name, the product or a field of a type holds a text. */
const mentions = ({ name, product, fields }: EventType, text: string): boolean =>
  [name, product, ...Object.keys(fields)].some((where) => where.toLowerCase().includes(text));
